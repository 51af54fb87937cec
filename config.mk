# What a packager may change.
VERSION = 0.1
PREFIX = /usr/local
CC = gcc
CFLAGS = -O2 -g

WARN = -Wall -Wextra -Wshadow -Wconversion -Werror
HARDEN = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection \
	-fcf-protection=full -fPIE -ftrivial-auto-var-init=zero
HARDEN_LD = -pie -Wl,-z,relro,-z,now,-z,noexecstack
SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer

SERVER_PKGS = libuv libpq openssl libsodium inih libsystemd
CLIENT_PKGS = ncursesw libuv openssl libsodium inih pangocairo libqrencode
SERVER_LIBS = -lunistring
CLIENT_LIBS = -lunistring -lcups
