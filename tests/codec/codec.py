#!/usr/bin/env python3
"""A second codec: QMI frames by the schema, with nothing in common with the one in C.

It reads qmux/schema/*.qmi with a parser of its own (docs/HOWTO-add-message.md has the
language), and follows what the tool promises about decoded frames, not how it does it.

  codec.py decode FILE.qmi ...  < frames in hex    one JSON object a line, as the tool prints it
  codec.py check QMITOOL FILE.qmi ...              random frames of every message, both ways; TAP
"""
import datetime
import ipaddress
import json
import math
import random
import re
import struct
import subprocess
import sys

SEED = 20240229
ROUNDS = 4


# ---- the schema ----

class Type:
    """kind: int float bool text array struct; what else depends on it."""

    def __init__(self, kind, **more):
        self.kind = kind
        self.personal = False
        self.__dict__.update(more)


class Message:
    def __init__(self, service, indication, ident, name, vendor):
        self.service, self.indication, self.id = service, indication, ident
        self.name, self.vendor = name, vendor
        self.tlvs = {True: {}, False: {}}       # of the request; of the answer: id -> TLV


class Tlv:
    def __init__(self, ident, name, type_, mandatory):
        self.id, self.name, self.type, self.mandatory = ident, name, type_, mandatory


class Schema:
    def __init__(self):
        self.enums = {}                         # name -> (kind, [(value, name)])
        self.services = {}                      # id -> name
        self.messages = []

    def message(self, service, ident, indication):
        for m in self.messages:
            if (m.service, m.id, m.indication, m.vendor) == (service, ident, indication, 0):
                return m
        return None

    def value_name(self, enum, value):
        for v, name in self.enums.get(enum, ('', []))[1]:
            if v == value and isinstance(v, int):
                return name
        return None


def parse_type(tokens):
    t = parse_bare_type(tokens)
    if tokens and tokens[0] == 'personal':
        tokens.pop(0)
        t.personal = True
    return t


def parse_bare_type(tokens):
    token = tokens.pop(0)
    if token == '[':
        sequence = tokens[1] == '+'
        if sequence:
            assert tokens.pop(0) == 'u8'
            tokens.pop(0)
        count = tokens.pop(0)
        assert tokens.pop(0) == ']'
        count = int(count) if count.isdigit() else count
        item = parse_bare_type(tokens)
        form = item.__dict__.get('form')
        if form in BYTES_FORMS:
            return Type('bytes', form=form, count=count, size=item.size)
        if tokens and tokens[0] == 'personal':
            tokens.pop(0)
        return Type('array', sequence=sequence, of=item, count=count)
    if token == '{':
        fields = []
        while tokens[0] != '}':
            name = tokens.pop(0)
            assert tokens.pop(0) == ':'
            fields.append((name, parse_type(tokens)))
        tokens.pop(0)
        return Type('struct', fields=fields)
    if token.startswith('str'):
        length = int(tokens.pop(0)) if tokens and tokens[0] == '*' and tokens.pop(0) else 0
        most = int(tokens.pop(0)) if tokens and tokens[0] == '<=' and tokens.pop(0) else 0
        return Type('text', prefix=int(token[3:] or 0) // 8, length=length, most=most)
    if token == 'bool':
        return Type('bool', size=1, order='little')
    m = re.fullmatch(r'([uif])(\d+)(be)?', token)
    order = 'big' if m[3] else 'little'
    size = int(m[2]) // 8
    if m[1] == 'f':
        return Type('float', size=size, order=order)
    sign, names, form = None, None, None
    if tokens and tokens[0] == '~':
        tokens.pop(0)
        form = tokens.pop(0)
    if tokens and tokens[0] in '=|':
        sign, names = tokens.pop(0), tokens.pop(0)
    if names == 'bool':
        return Type('bool', size=size, order=order)
    return Type('flags' if sign == '|' else 'int', size=size, order=order,
                signed=m[1] == 'i', names=names, form=form)


def parse_schema(paths):
    schema = Schema()
    service = message = values = None
    for path in paths:
        for line in open(path, encoding='ascii'):
            words = re.sub(r'(^|\s)#.*', '', line).split()
            if not words:
                continue
            if words[0] == 'service':
                service = int(words[1], 16)
                schema.services[service] = words[2]
            elif words[0] in ('enum', 'flags'):
                values = []
                schema.enums[words[1]] = (words[0], values)
            elif words[0] in ('msg', 'ind'):
                vendor = int(words[4], 16) if len(words) > 3 else 0
                message = Message(service, words[0] == 'ind', int(words[1], 16), words[2], vendor)
                schema.messages.append(message)
            elif words[0] in ('>', '>!', '<'):
                tokens = re.findall(r'<=|[][{}:=|*+~]|[a-z0-9_]+', ' '.join(words[3:]))
                tlv = Tlv(int(words[1], 16), words[2], parse_type(tokens), words[0] == '>!')
                assert not tokens, line
                message.tlvs[words[0] != '<'][tlv.id] = tlv
            else:
                value = words[0] if words[0].startswith('0x') else int(words[0])
                values.append((value, words[1]))
    return schema


# ---- decoding: what the tool promises about each type ----

class Short(Exception):
    """Fewer bytes than the type needs."""


class Float(float):
    """A float that knows how many bytes it has."""
    size = 8


def take(data, n):
    if len(data) < n:
        raise Short
    part = bytes(data[:n])
    del data[:n]
    return part


BAD = 0xdc00     # a byte that is not UTF-8 stands here as this + its value, until it is printed


def text_of(data):
    """UTF-8 up to the first NUL."""
    out, data = '', data.split(b'\0')[0]
    while data:
        try:
            return out + data.decode('utf-8')
        except UnicodeDecodeError as e:
            out += data[:e.start].decode('utf-8')
            out += ''.join(chr(BAD + b) for b in data[e.start:e.end])
            data = data[e.end:]
    return out


# ---- forms: how people write some values ----

BYTES_FORMS = ('ip6', 'plmn', 'bcd', 'gsm7', 'ucs2', 'ascii', 'coded')
CODINGS = {'gsm': 'gsm7', 'ucs2le': 'ucs2', 'unicode': 'ucs2', 'ascii7': 'ascii',
           'unspecified': 'ascii'}
UNIX = datetime.datetime(1970, 1, 1)
GPS = datetime.datetime(1980, 1, 6)
TIMES = {'unix_s': (UNIX, 1000000), 'unix_ms': (UNIX, 1000), 'gps_ms': (GPS, 1000),
         'gps_ticks': (GPS, 1250)}              # from when, and microseconds

# 3GPP TS 23.038: the default alphabet, sixteen a line, and the characters after an escape.
GSM7 = ('@\u00a3$\u00a5\u00e8\u00e9\u00f9\u00ec\u00f2\u00c7\n\u00d8\u00f8\r\u00c5\u00e5'
        '\u0394_\u03a6\u0393\u039b\u03a9\u03a0\u03a8\u03a3\u0398\u039e\x1b\u00c6\u00e6\u00df\u00c9'
        ' !"#\u00a4%&\'()*+,-./'
        '0123456789:;<=>?'
        '\u00a1ABCDEFGHIJKLMNO'
        'PQRSTUVWXYZ\u00c4\u00d6\u00d1\u00dc\u00a7'
        '\u00bfabcdefghijklmno'
        'pqrstuvwxyz\u00e4\u00f6\u00f1\u00fc\u00e0')
ESCAPED = {0x0a: '\f', 0x14: '^', 0x28: '{', 0x29: '}', 0x2f: '\\', 0x3c: '[', 0x3d: '~',
           0x3e: ']', 0x40: '|', 0x65: '\u20ac'}


def time_text(form, value):
    epoch, unit = TIMES[form]
    try:
        when = epoch + datetime.timedelta(microseconds=value * unit)
    except OverflowError:
        return None
    return when.isoformat(timespec='milliseconds') + 'Z'


def nibbles(raw):
    return [n for byte in raw for n in (byte & 15, byte >> 4)]


def plmn_text(raw):
    mcc2 = nibbles(raw)
    digits = mcc2[:3] + mcc2[4:] + ([] if mcc2[3] == 15 else [mcc2[3]])
    return ''.join(map(str, digits)) if max(digits) < 10 else None


def bcd_text(raw):
    text = ''.join('%x' % n for n in nibbles(raw)).rstrip('f')
    return None if 'f' in text or (raw and not text) else text


def gsm7_text(raw):
    bits = int.from_bytes(raw, 'little')
    codes = [bits >> 7 * i & 127 for i in range(len(raw) * 8 // 7)]
    if codes and len(codes) % 8 == 0 and codes[-1] in (0, 13):
        codes.pop()
    text, escaped = '', False
    for code in codes:
        if escaped and code not in ESCAPED:
            return None
        if escaped or code != 27:
            text += ESCAPED[code] if escaped else GSM7[code]
        escaped = code == 27 and not escaped
    return None if escaped else text


def ucs2_text(raw):
    if len(raw) % 2:
        return None
    units = [raw[i:i + 2] for i in range(0, len(raw), 2)]
    if b'\0\0' in units:
        units = units[:units.index(b'\0\0')]
    text = b''.join(units).decode('utf-16-le', 'surrogatepass')
    return re.sub('[\ud800-\udfff]', '\ufffd', text)


def ascii_text(raw):
    raw = raw.split(b'\0')[0]
    return raw.decode('ascii') if raw.isascii() else None


def form_text(form, raw):
    """Bytes in their form; those that do not fit it as hex with 0x."""
    if form == 'ip6':
        return str(ipaddress.IPv6Address(raw))
    text = {'plmn': plmn_text, 'bcd': bcd_text, 'gsm7': gsm7_text, 'ucs2': ucs2_text,
            'ascii': ascii_text}[form](raw)
    # A name that starts like hex would be taken for it when it is given back.
    return '0x' + raw.hex() if text is None or text.startswith('0x') else text


def decode_flags(schema, t, value):
    names, unknown = [], 0
    for bit in range(64):
        if value >> bit & 1:
            name = schema.value_name(t.names, bit)
            if name is None:
                unknown |= 1 << bit
            else:
                names.append(name)
    return names + (['0x%x' % unknown] if unknown else [])


def decode_struct(schema, t, data):
    out, coding = {}, None
    for name, of in t.fields:
        if of.__dict__.get('form') == 'coded':
            raw = take(data, take(data, 1)[0] if of.count == 'u8' else of.count)
            out[name] = form_text(CODINGS[coding], raw) if coding in CODINGS else raw.hex()
            continue
        out[name] = decode(schema, of, data)
        if of.__dict__.get('form') == 'coding':
            coding = out[name]
    return out


def decode(schema, t, data):
    if t.kind == 'struct':
        return decode_struct(schema, t, data)
    if t.kind == 'bytes':
        n = take(data, 1)[0] if t.count == 'u8' else t.count
        return form_text(t.form, take(data, n * t.size))
    if t.kind == 'array':
        if t.sequence:
            take(data, 1)
        n = t.count
        if isinstance(n, str):
            size = int(n[1:]) // 8
            n = int.from_bytes(take(data, size), 'little')
        if t.of.kind == 'int' and (t.of.size, t.of.signed, t.of.names) == (1, False, None):
            return take(data, n).hex()
        items = []
        for _ in range(n):
            items.append(decode(schema, t.of, data))
        return items
    if t.kind == 'text':
        n = t.length or len(data)
        if t.prefix:
            n = int.from_bytes(take(data, t.prefix), 'little')
        raw = take(data, n)
        return text_of(raw[:t.most] if t.most else raw)
    raw = take(data, t.size)
    if t.kind == 'bool':
        return any(raw)
    if t.kind == 'float':
        value = struct.unpack(('>' if t.order == 'big' else '<') + 'fd'[t.size == 8], raw)[0]
        if not math.isfinite(value):
            return None
        value = Float(value)
        value.size = t.size
        return value
    if t.kind == 'flags':
        return decode_flags(schema, t, int.from_bytes(raw, t.order))
    value = int.from_bytes(raw, t.order, signed=t.signed)
    if t.form == 'ip4':
        return str(ipaddress.IPv4Address(value))
    if t.form in TIMES:
        text = time_text(t.form, value)
        return value if text is None else text
    name = schema.value_name(t.names, value) if t.names else None
    return value if name is None else name


def decode_frame(schema, frame):
    """The object that `raw decode -j` prints."""
    marker, length = frame[0], int.from_bytes(frame[1:3], 'little')
    assert marker in (1, 2) and length + 1 == len(frame)
    service = frame[4] if marker == 1 else int.from_bytes(frame[3:5], 'little')
    data = bytearray(frame[6:])
    kind = take(data, 1)[0]
    transaction = int.from_bytes(take(data, 2 if service else 1), 'little')
    ident = int.from_bytes(take(data, 2), 'little')
    said = int.from_bytes(take(data, 2), 'little')
    kind = ('request', 'response', 'indication')[kind >> 1 if service else kind]
    m = schema.message(service, ident, kind == 'indication')
    name = schema.value_name('service', service)
    out = {'service': service if name is None else name, 'message': m.name if m else ident,
           'id': ident, 'kind': kind, 'client': frame[5], 'transaction': transaction}
    fields, unknown, seen = {}, {}, {}
    rest, data = data[said:], data[:said]
    while len(data) >= 3:
        tlv = take(data, 1)[0]
        n = int.from_bytes(take(data, 2), 'little')
        cut = n > len(data)
        value = take(data, min(n, len(data)))
        seen[tlv] = seen.get(tlv, 0) + 1
        if seen[tlv] == 1 and kind == 'response' and tlv == 2 and n >= 4 and not cut:
            status, error = struct.unpack('<HH', value[:4])
            out['result'] = {'status': status, 'error': error}
            error_name = schema.value_name('protocol_error', error)
            if error_name:
                out['result']['name'] = error_name
            continue
        definition = m and m.tlvs[kind == 'request'].get(tlv)
        try:
            if not definition or cut or seen[tlv] > 1:
                raise Short
            fields[definition.name] = decode(schema, definition.type, bytearray(value))
        except Short:
            unknown['0x%02x' % tlv + ('.%d' % seen[tlv] if seen[tlv] > 1 else '')] = value.hex()
    if data:
        unknown['tail'] = data.hex()
    if rest:
        unknown['rest'] = rest.hex()
    out['fields'] = fields
    if unknown:
        out['unknown'] = unknown
    return out


def float_text(value):
    """The fewest digits that read back to the same bits."""
    letter = '<' + 'fd'[value.size == 8]
    for digits in range(6 if value.size == 4 else 15, 18):
        text = '%.*g' % (digits, value)
        if struct.pack(letter, float(text)) == struct.pack(letter, value):
            return text
    raise ValueError(value)


def as_json(value):
    if isinstance(value, dict):
        return '{' + ','.join('"%s":%s' % (k, as_json(v)) for k, v in value.items()) + '}'
    if isinstance(value, list):
        return '[' + ','.join(map(as_json, value)) + ']'
    if isinstance(value, Float):
        return float_text(value)
    text = json.dumps(value, ensure_ascii=False)
    return re.sub('[\x7f\udc80-\udcff]', lambda m: '\\u00%02x' % (ord(m[0]) & 0xff), text)


# ---- encoding: random values ----

class Maker:
    """Random bytes that are right for a type, and the PATH=VALUE that says the same."""

    def __init__(self, schema, rng):
        self.schema, self.rng = schema, rng
        self.coding = None                      # of the structure that is being made

    def number(self, t):
        top = 8 * t.size
        value = self.rng.choice([0, 1, (1 << top) - 1, 1 << (top - 1), (1 << (top - 1)) - 1,
                                 self.rng.getrandbits(top)])
        values = [v for v, _ in self.schema.enums[t.names][1] if isinstance(v, int)] if t.names else []
        low, high = (-(1 << (top - 1)), (1 << (top - 1)) - 1) if t.signed else (0, (1 << top) - 1)
        if t.signed and value > high:
            value -= 1 << top
        if t.kind == 'int' and values and self.rng.random() < 0.8:
            value = self.rng.choice([v for v in values if low <= v <= high] or [value])
        return value

    def scalar(self, t):
        if t.kind == 'float':
            letter = 'fd'[t.size == 8]
            raw = struct.pack('<' + letter, self.rng.uniform(-1e6, 1e6))
            value = struct.unpack('<' + letter, raw)[0]
            return struct.pack(('>' if t.order == 'big' else '<') + letter, value), repr(value)
        if t.kind == 'bool':
            value = self.rng.choice([0, 1])
            return value.to_bytes(t.size, t.order), ('false', 'true')[value]
        value = self.number(t)
        if t.form in TIMES and self.rng.random() < 0.7:
            value = self.rng.randrange(253086336000 * (1 if t.form == 'unix_s' else 800))
        raw = value.to_bytes(t.size, t.order, signed=t.signed)
        if t.form == 'coding':
            self.coding = self.schema.value_name(t.names, value)
        if t.form == 'ip4':
            return raw, str(ipaddress.IPv4Address(value))
        if t.form in TIMES:
            return raw, time_text(t.form, value) or str(value)
        if t.kind == 'flags':
            value &= (1 << 8 * t.size) - 1
            return raw, '|'.join(decode_flags(self.schema, t, value)) or '0x0'
        name = self.schema.value_name(t.names, value) if t.names else None
        if name is None and value >= 0 and t.names:
            return raw, hex(value)      # "3" can be the name of another value
        return raw, str(value) if name is None else name

    def text(self, t):
        most = min(t.length or t.most or 20, 20)
        n = self.rng.randrange(most + 1)
        text = ''.join(self.rng.choice('abcXYZ019 =,;.[]"\\\'\t') for _ in range(n))
        raw = text.encode()
        if t.length:
            raw = raw.ljust(t.length, b'\0')
        return len(raw).to_bytes(t.prefix, 'little') + raw if t.prefix else raw, text

    def formed(self, t):
        """Bytes, and their text where it means no others, or hex."""
        form = CODINGS.get(self.coding) if t.form == 'coded' else t.form
        n = t.count if isinstance(t.count, int) else self.rng.randrange(10)
        letters = {'gsm7': GSM7.replace('\x1b', '').replace('@', '').replace('\r', ''),
                   'ascii': 'abcXYZ019 =,;.[]"\\\'\t\x7f', 'ucs2': 'aZ\t \u00e9\u20ac\ufffd'}
        raw = self.rng.randbytes(n * t.size)
        if form == 'ip6':
            raw = bytes(b * self.rng.randrange(2) for b in raw)
        elif form == 'plmn':
            digits = [self.rng.randrange(10) for _ in range(6)]
            digits[3] = self.rng.choice([15, digits[3]])
            raw = bytes(a | b << 4 for a, b in zip(digits[::2], digits[1::2]))
        elif form == 'bcd':
            raw = bytes(self.rng.randrange(10) | self.rng.randrange(10) << 4 for _ in range(n))
        elif form in letters:
            text = ''.join(self.rng.choice(letters[form]) for _ in range(n))
            if form == 'gsm7':
                bits = sum(GSM7.index(c) << 7 * i for i, c in enumerate(text))
                raw = bits.to_bytes((len(text) * 7 + 7) // 8, 'little')
            else:
                raw = text.encode('utf-16-le' if form == 'ucs2' else 'ascii')
        head = b'' if isinstance(t.count, int) else bytes([len(raw) // t.size])
        if form is None or self.rng.random() < 0.3:
            return head + raw, ('0x' if form or self.rng.random() < 0.5 else '') + raw.hex()
        return head + raw, form_text(form, raw)

    def value(self, t, path, assigns):
        if t.kind == 'struct':
            return b''.join(self.value(of, path + '.' + name, assigns) for name, of in t.fields)
        if t.kind != 'array':
            make = {'text': self.text, 'bytes': self.formed}.get(t.kind, self.scalar)
            raw, text = make(t)
            assigns.append(path + '=' + text)
            return raw
        fixed = isinstance(t.count, int)
        n = t.count if fixed else self.rng.randrange(4)
        head = b'\0' if t.sequence else b''
        if not fixed:
            head += n.to_bytes(int(t.count[1:]) // 8, 'little')
        if t.of.kind == 'int' and (t.of.size, t.of.signed, t.of.names) == (1, False, None):
            raw = self.rng.randbytes(n)
            assigns.append(path + '=' + raw.hex())
            return head + raw
        if not n:
            assigns.append(path + '=')
        return head + b''.join(self.value(t.of, '%s[%d]' % (path, i), assigns) for i in range(n))

    def tlvs(self, m, request, odd):
        """odd: also what is unknown, too short, too long, or comes twice; and in any order."""
        parts, assigns = [], []
        for tlv in m.tlvs[request].values():
            if not tlv.mandatory and self.rng.random() < 0.3:
                continue
            raw = self.value(tlv.type, tlv.name, assigns)
            if odd and self.rng.random() < 0.2:
                raw = self.rng.choice([raw[:-1], raw + b'\1\2', b'', self.rng.randbytes(5)])
            parts.append(bytes([tlv.id]) + len(raw).to_bytes(2, 'little') + raw)
            if odd and self.rng.random() < 0.1:
                parts.append(parts[-1])
        if odd:
            parts.append(bytes([self.rng.randrange(256), 2, 0]) + self.rng.randbytes(2))
            self.rng.shuffle(parts)
        return b''.join(parts), assigns


def frame_of(m, kind, client, transaction, tlvs):
    if m.service:
        sdu = struct.pack('<BHHH', kind << 1, transaction, m.id, len(tlvs))
    else:
        sdu = struct.pack('<BBHH', kind, transaction & 0xff, m.id, len(tlvs))
    if m.service > 0xff:
        head = struct.pack('<BHHB', 2, 5 + len(sdu) + len(tlvs), m.service, client)
    else:
        head = struct.pack('<BHBBB', 1, 5 + len(sdu) + len(tlvs), 0x80 if kind else 0,
                           m.service, client)
    return head + sdu + tlvs


# ---- the check ----

def same(want, got):
    if isinstance(want, str):
        want = re.sub('[\udc80-\udcff]', lambda m: chr(ord(m[0]) - BAD), want)
    if isinstance(want, Float):
        letter = '<' + 'fd'[want.size == 8]
        return isinstance(got, (int, float)) and struct.pack(letter, want) == struct.pack(letter, got)
    if isinstance(want, dict):
        return isinstance(got, dict) and list(want) == list(got) and \
            all(same(want[k], got[k]) for k in want)
    if isinstance(want, list):
        return isinstance(got, list) and len(want) == len(got) and all(map(same, want, got))
    return type(want) is type(got) and want == got


def kinds_of(m):
    return [2] if m.indication else [0, 1]


def title(schema, m):
    return '%s %s%s' % (schema.services[m.service], m.name, ' (indication)' if m.indication else '')


def check_decode(schema, tool, rng, report):
    made = []
    maker = Maker(schema, rng)
    for m in schema.messages:
        for kind in kinds_of(m) * ROUNDS:
            for odd in (False, True):
                tlvs, _ = maker.tlvs(m, kind == 0, odd)
                if kind == 1:
                    tlvs = b'\2\4\0' + struct.pack('<HH', *rng.choice([(0, 0), (1, 71)])) + tlvs
                frame = frame_of(m, kind, rng.randrange(256), rng.randrange(65536), tlvs)
                made.append((m, frame))
    run = subprocess.run([tool, 'raw', 'decode', '-j', '-'], capture_output=True,
                         input=''.join(f.hex() + '\n' for _, f in made).encode(), check=False)
    lines = run.stdout.decode('utf-8').splitlines()
    report(run.returncode == 0 and len(lines) == len(made),
           'decode: %d frames in, %d objects out' % (len(made), len(lines)), run.stderr.decode())
    bad = {}
    for (m, frame), line in zip(made, lines):
        want = decode_frame(schema, frame)
        if not same(want, json.loads(line)):
            bad.setdefault(m, 'frame %s\nwant  %s\ngot   %s' % (frame.hex(), as_json(want), line))
    for m in schema.messages:
        report(m not in bad, 'decode ' + title(schema, m), bad.get(m, ''))


def check_encode(schema, tool, rng, report):
    maker = Maker(schema, rng)
    for m in schema.messages:
        trouble = ''
        for kind in kinds_of(m):
            tlvs, assigns = maker.tlvs(m, kind == 0, False)
            if kind == 1:
                tlvs = b'\2\4\0\0\0\0\0' + tlvs
            rng.shuffle(assigns)
            option = [[], ['--response'], ['--indication']][kind]
            run = subprocess.run([tool, 'raw', 'encode', '-j', '--client', '7', '--transaction', '9',
                                  *option, '--', schema.services[m.service], m.name, *assigns],
                                 capture_output=True, check=False)
            want = frame_of(m, kind, 7 if m.service else 0, 9, tlvs)
            try:
                got = bytes.fromhex(json.loads(run.stdout)['frame'])
            except (ValueError, KeyError, json.JSONDecodeError):
                got = b''
            if got != want:
                trouble += '%s\nwant %s\ngot  %s %s\n' % (' '.join(assigns), want.hex(), got.hex(),
                                                          run.stderr.decode())
        report(not trouble, 'encode ' + title(schema, m), trouble)


def check(tool, paths):
    schema = parse_schema(paths)
    rng = random.Random(SEED)
    results = []

    def report(good, name, why):
        results.append(good)
        print('%sok %d - %s' % ('' if good else 'not ', len(results), name))
        if not good:
            print(''.join('# %s\n' % line for line in why.strip().splitlines()), end='')

    check_decode(schema, tool, rng, report)
    if subprocess.run([tool, 'raw', 'encode', '--help'], capture_output=True,
                      check=False).returncode == 0:
        check_encode(schema, tool, rng, report)
    else:
        report(True, 'encode # SKIP there is no raw encode', '')
    print('1..%d' % len(results))
    return not all(results)


def main(args):
    if len(args) > 2 and args[0] == 'check':
        return check(args[1], args[2:])
    if len(args) > 1 and args[0] == 'decode':
        schema = parse_schema(args[1:])
        for line in sys.stdin:
            text = re.sub(r'#.*|\s', '', line)
            if text:
                print(as_json(decode_frame(schema, bytes.fromhex(text))))
        return 0
    print(__doc__.strip(), file=sys.stderr)
    return 2


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
