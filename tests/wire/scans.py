"""Small files of every kind, made here: a PDF and a JPEG of any size, each whole."""
import hashlib


def pdf(size=0, salt=""):
    """A one-page PDF with a right table of places, filled up to size by a comment."""
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"]
    body, places = b"%PDF-1.4\n", []
    for no, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (no, part)
    tail = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    end = b"trailer << /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    fill = size - len(body) - len(tail) - len(end % size)
    if fill > 3:
        body += b"%" + filler(fill - 2, salt) + b"\n"
    elif salt:
        body += b"%" + salt.encode() + b"\n"
    made = body + tail + end % len(body)
    return made if size == 0 or len(made) == size else made[:-7] + b" " * (size - len(made)) + made[-7:]


def filler(size, salt):
    out, block = bytearray(), hashlib.sha256(salt.encode()).hexdigest().encode()
    while len(out) < size:
        block = hashlib.sha256(block).hexdigest().encode()
        out += block * 64
    return bytes(out[:size])


# 8 by 8 grey pixels, with the tables of the standard's annex K: quantisation 1, DC and AC of luminance.
def jpeg(grey=0):
    def segment(mark, data):
        return bytes((255, mark)) + (len(data) + 2).to_bytes(2, "big") + data
    dc = bytes((0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0)) + bytes(range(12))
    ac = bytes((0, 1) + (0,) * 14) + b"\0"  # one code of two bits: end of block
    head = segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + segment(0xDB, b"\0" + bytes([1]) * 64)
    head += segment(0xC0, bytes((8, 0, 8, 0, 8, 1, 1, 0x11, 0))) + segment(0xC4, b"\0" + dc) + segment(0xC4, b"\x10" + ac)
    # DC difference 0 (code 00), end of block (00), padded with ones
    return b"\xff\xd8" + head + segment(0xFE, b"grey %d" % grey) + segment(0xDA, bytes((1, 1, 0, 0, 63, 0))) + b"\x0f\xff\xd9"
