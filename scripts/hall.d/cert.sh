# shellcheck shell=bash
# The hall's own small certificate authority: one certificate for the server, one for each
# window and each script. A certificate names a window; a person's password comes on top.

cert_config() {
	cat <<'TXT'
[req]
distinguished_name = name
prompt = no
string_mask = utf8only
[name]
[authority]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = DNS:yimend, DNS:localhost, IP:127.0.0.1, IP:::1
[window]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
TXT
}

# cert_issue NAME SECTION DAYS [SIGNING ARGUMENT...]: NAME.key and NAME.crt, unless both are there.
cert_issue() {
	local name=$1 section=$2 days=$3 tls=$HALL_DIR/tls
	shift 3
	[ ! -s "$tls/$name.crt" ] || [ ! -s "$tls/$name.key" ] || return 0
	(
		umask 077
		openssl req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 \
			-config <(cert_config) -extensions "$section" -days "$days" \
			-subj "/O=yimen hall $HALL_NUMBER/OU=$section/CN=$name" \
			-keyout "$tls/$name.key.new" -out "$tls/$name.crt.new" "$@" 2>"$tls/$name.log" ||
			hall_die "openssl could not issue $name: $(tail -n1 "$tls/$name.log")"
		rm -f "$tls/$name.log"
		chmod 644 "$tls/$name.crt.new"
		mv "$tls/$name.key.new" "$tls/$name.key"
		mv "$tls/$name.crt.new" "$tls/$name.crt"
	) 9>&-
}

# A certificate signed by the hall's authority.
cert_signed() {
	cert_issue "$1" "$2" 1100 -CA "$HALL_DIR/tls/ca.crt" -CAkey "$HALL_DIR/tls/ca.key"
}

cert_base() {
	mkdir -p "$HALL_DIR/tls"
	chmod 700 "$HALL_DIR/tls"
	cert_issue ca authority 3660
	cert_signed server server
}

# SHA-256 of a certificate (DER), in hex: how the database knows a window.
cert_sha256() {
	openssl x509 -in "$HALL_DIR/tls/$1.crt" -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr A-F a-f
}

# Every counter of the hall has a certificate and its settings; each is registered once.
cert_windows() {
	local no sql='' name
	for no in $(hall_ask "select no from hall.window where kind <> 'script' order by no"); do
		name=window-$(printf %02d "$no")
		cert_signed "$name" window
		conf_client "yimen-$no" "$name" "window-$no"
		sql+="select admin.window_certificate($no, '$(cert_sha256 "$name")');"
	done
	[ -z "$sql" ] || hall_ask "$sql" >/dev/null
}

# hall windows DIR N: settings yimen-load-1 … N, each with a window and certificate of its own,
# for programs that play many windows at once.
hall_windows() {
	local n=${1-} i sql=''
	hall_known
	hall_lock
	[[ $n =~ ^[1-9][0-9]{0,3}$ ]] || hall_die "windows wants a number"
	for ((i = 1; i <= n; i++)); do
		[ ! -s "$HALL_DIR/etc/yimen-load-$i.conf" ] || continue
		cert_signed "load-$i" window
		sql+="select admin.script_window('load $i', '$(cert_sha256 "load-$i")');"
		conf_client "yimen-load-$i" "load-$i" "load-$i"
	done
	[ -z "$sql" ] || hall_ask "$sql" >/dev/null
}
