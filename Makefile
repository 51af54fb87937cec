# yimen: `make demo` brings up a whole private hall, `make check` tests everything.
include config.mk

COMMON = $(wildcard common/*.c common/op/*.c)
SERVER = $(wildcard server/*.c server/*/*.c)
CLIENT = $(wildcard client/*.c client/*/*.c)
# Programs' own files; everything else of client/ is shared by yimen and yimenctl.
MAINS = server/main.c client/main.c client/ctl.c
WINDOW_ONLY = client/main.c $(wildcard client/app*.c) $(wildcard client/ui/*.c client/screen/*.c)
CTL_ONLY = $(wildcard client/ctl*.c)
CLIENT_SHARED = $(filter-out $(WINDOW_ONLY) $(CTL_ONLY),$(CLIENT))

yimend_SRC = $(COMMON) $(SERVER)
yimen_SRC = $(COMMON) $(WINDOW_ONLY) $(CLIENT_SHARED)
yimenctl_SRC = $(COMMON) $(CTL_ONLY) $(CLIENT_SHARED) client/ui/lang.c
PROGRAMS = yimend yimen yimenctl

CPPFLAGS := -std=c11 -D_GNU_SOURCE -I. -DYIMEN_VERSION='"$(VERSION)"' -DYIMEN_PREFIX='"$(PREFIX)"' \
	$(shell pkg-config --cflags $(SERVER_PKGS) $(CLIENT_PKGS) 2>/dev/null | sed 's/-I/-isystem /g')
yimend_LIBS := $(shell pkg-config --libs $(SERVER_PKGS) 2>/dev/null) $(SERVER_LIBS)
yimen_LIBS := $(shell pkg-config --libs $(CLIENT_PKGS) 2>/dev/null) $(CLIENT_LIBS)
yimenctl_LIBS := $(yimen_LIBS)

# `make V=1` shows the commands.
ifndef V
.SILENT:
endif

PO = $(wildcard po/*.po)
MO = $(PO:po/%.po=build/locale/%/LC_MESSAGES/yimen.mo)

all: $(PROGRAMS:%=build/%) $(MO)
san: $(PROGRAMS:%=build/san/%) $(MO)

# One set of rules for each way of building: $(1) folder, $(2) compiler flags, $(3) linker flags.
define build_rules
$(1)/obj/%.o: %.c config.mk
	mkdir -p $$(@D)
	echo "  CC  $$@"
	$$(CC) $$(CPPFLAGS) $$(CFLAGS) $$(WARN) $(2) -MMD -MP -c -o $$@ $$<
$(foreach p,$(PROGRAMS),$(eval $(1)_$(p)_OBJ = $$($(p)_SRC:%.c=$(1)/obj/%.o)))
$(foreach p,$(PROGRAMS),
$(1)/$(p): $$($(1)_$(p)_OBJ)
	echo "  LD  $$@"
	$$(CC) $$(CFLAGS) $(2) $(3) -o $$@ $$^ $$($(p)_LIBS))
$(1)/libyimen.a: $$(patsubst %.c,$(1)/obj/%.o,$$(filter-out $$(MAINS),$$(COMMON) $$(SERVER) $$(CLIENT)))
	rm -f $$@
	ar rcsP $$@ $$^
-include $$(patsubst %.c,$(1)/obj/%.d,$$(COMMON) $$(SERVER) $$(CLIENT))
endef
$(eval $(call build_rules,build,$(HARDEN),$(HARDEN_LD)))
$(eval $(call build_rules,build/san,$(SANITIZE),))

build/locale/%/LC_MESSAGES/yimen.mo: po/%.po
	mkdir -p $(@D)
	msgfmt --check -o $@ $<

# Unit tests: each its own program, linked with everything that is no main.
UNIT = $(patsubst tests/unit/%.c,build/san/tests/%,$(wildcard tests/unit/test_*.c))
UNIT_LIB = $(patsubst %.c,build/san/obj/%.o,$(wildcard tests/unit/lib/*.c))
-include $(UNIT_LIB:.o=.d)
build/san/libtests.a: $(UNIT_LIB)
	rm -f $@
	ar rcs $@ $^
build/san/tests/%: tests/unit/%.c build/san/libtests.a build/san/libyimen.a
	mkdir -p $(@D)
	echo "  CC  $@"
	$(CC) $(CPPFLAGS) $(CFLAGS) $(WARN) $(SANITIZE) -MMD -MP -o $@ $< build/san/libtests.a build/san/libyimen.a \
		$(shell pkg-config --cflags --libs check) $(yimend_LIBS) $(yimen_LIBS)
-include $(UNIT:%=%.d)

# Prints papers for tests/notice.
build/san/tests/paper: tests/notice/paper.c build/san/libyimen.a
	mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(WARN) $(SANITIZE) -o $@ $< build/san/libyimen.a $(yimen_LIBS)

# Load and fault programs, built like the product itself; what they share is in tests/load.
LOAD = $(patsubst tests/bench/%.c,build/%,$(wildcard tests/bench/*.c)) \
	$(patsubst tests/fault/%.c,build/%,$(wildcard tests/fault/*.c))
LOAD_LINK = mkdir -p $(@D); echo "  LD  $@"; $(CC) $(CPPFLAGS) $(CFLAGS) $(WARN) $(HARDEN) $(HARDEN_LD) -o $@ \
	$< $(wildcard tests/load/*.c) build/libyimen.a $(yimend_LIBS) $(yimen_LIBS)
build/%: tests/bench/%.c $(wildcard tests/load/*) build/libyimen.a
	$(LOAD_LINK)
build/%: tests/fault/%.c $(wildcard tests/load/*) build/libyimen.a
	$(LOAD_LINK)
load: $(LOAD)

units: $(UNIT) build/san/tests/paper

demo:
	scripts/demo

check:
	scripts/deps check
	$(MAKE) --no-print-directory -j2 all san units
	scripts/check

lint:
	scripts/deps lint
	scripts/lint

bench:
	scripts/deps check
	$(MAKE) --no-print-directory -j2 all load
	tests/bench/run

fault:
	scripts/deps check
	$(MAKE) --no-print-directory -j2 all load
	tests/fault/run

day:
	scripts/deps check
	$(MAKE) --no-print-directory -j2 all load
	tests/fault/day

year:
	scripts/deps check
	$(MAKE) --no-print-directory -j2 all load
	tests/year/run

holder:
	scripts/deps check
	$(MAKE) --no-print-directory -j2 all load
	tests/holder/run

oracle:
	scripts/deps check
	tests/oracle/run 100000
	tests/oracle/run 20000 1 joint

fuzz:
	scripts/deps lint
	tests/fuzz/run $${SECONDS_EACH:-60}

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/sbin $(DESTDIR)$(PREFIX)/share/yimen
	install -m 755 build/yimen build/yimenctl $(DESTDIR)$(PREFIX)/bin
	install -m 755 build/yimend $(DESTDIR)$(PREFIX)/sbin
	cp -r sql $(DESTDIR)$(PREFIX)/share/yimen
	install -d $(DESTDIR)$(PREFIX)/share/yimen/scripts
	cp -r scripts/hall scripts/hall.d scripts/pinyin $(DESTDIR)$(PREFIX)/share/yimen/scripts
	install -d $(DESTDIR)$(PREFIX)/share/locale
	cp -r build/locale/. $(DESTDIR)$(PREFIX)/share/locale
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	for u in yimend.service yimen-backup.service yimen-backup.timer; do \
		sed 's|/usr/local/|$(PREFIX)/|' dist/$$u >$(DESTDIR)$(PREFIX)/lib/systemd/system/$$u; \
	done
	for s in 1 5 7 8; do \
		install -d $(DESTDIR)$(PREFIX)/share/man/man$$s; \
		install -m 644 man/*.$$s $(DESTDIR)$(PREFIX)/share/man/man$$s; \
	done

clean:
	rm -rf build

.PHONY: all san units load demo check lint bench fault day year holder oracle fuzz install clean
.DELETE_ON_ERROR:
