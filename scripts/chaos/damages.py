"""What can happen to landed files: small damages, each a function of its own.

Four kinds, by what they are given besides a random number generator:

    LINES    one line of bytes without its end; gives the lines that stand in its place
    PAIRS    the same, and another line of the file
    FILES    the bytes of one file
    FOLDERS  all files of a source, bytes by name, and the name of one of them; changes them in place

A damage that finds nothing to damage gives back what it was given.
"""

import gzip
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from scripts.chaos import parquet

TIME = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
EPOCH = re.compile(rb"^\d{10}(?=[|.])")
NUMBER = re.compile(rb"(?<=[:,|;\t])-?\d+(?:\.\d+)?(?=[,}\]|;\t]|$)")
# A value of JSON in quotes, or a field of delimited text.
STRING = re.compile(rb'(?<=:)\s*"[^"\\]*"')
FIELD = re.compile(rb'(?<=[,|;\t])[^,|;\t"]+(?=[,|;\t]|$)')
# An id in JSON, of a call of Asterisk, or the first field.
IDS = [re.compile(text) for text in (rb'"\w*[iI]d":\s*"([^"\\]+)"', rb"(\d{10}\.\d+)", rb'^([^,|\t"{]+)[,|\t]')]
DELIMITERS = (b",", b"|", b";", b"\t")
HUGE = 200_000

Files = dict[str, bytes]


def one_of(pattern: re.Pattern, line: bytes, random: Random, replacement: Callable[[bytes], bytes]) -> list[bytes]:
    """The line with one of the matches replaced."""
    found = list(pattern.finditer(line))
    if not found:
        return [line]
    match = random.choice(found)
    return [line[: match.start()] + replacement(match.group()) + line[match.end() :]]


def text_value(line: bytes, random: Random, text: bytes) -> list[bytes]:
    """The line with one text replaced, as careless software would write it."""
    if line.lstrip().startswith((b"{", b'"', b"[")) and STRING.search(line):
        return one_of(STRING, line, random, lambda _: b'"' + text.replace(b'"', b'\\"') + b'"')
    return one_of(FIELD, line, random, lambda _: text)


def inserted(line: bytes, random: Random, piece: bytes) -> list[bytes]:
    place = random.randint(0, len(line))
    return [line[:place] + piece + line[place:]]


# Lines: their shape.


def line_cut(line: bytes, random: Random) -> list[bytes]:
    return [line[: random.randrange(1, max(2, len(line)))]]


def line_lost(line: bytes, random: Random) -> list[bytes]:
    return []


def line_twice(line: bytes, random: Random) -> list[bytes]:
    return [line, line]


def line_twice_and_different(line: bytes, random: Random) -> list[bytes]:
    return [line, *one_of(NUMBER, line, random, lambda number: number + b"1")]


def field_too_many(line: bytes, random: Random) -> list[bytes]:
    return [line + random.choice(DELIMITERS) + b"surplus"]


def field_too_few(line: bytes, random: Random) -> list[bytes]:
    return [re.sub(rb"[,|;\t][^,|;\t]*$", b"", line)]


def quote_never_closed(line: bytes, random: Random) -> list[bytes]:
    return inserted(line, random, b'"')


def separator_in_a_field(line: bytes, random: Random) -> list[bytes]:
    return inserted(line, random, random.choice(DELIMITERS))


def line_break_in_a_field(line: bytes, random: Random) -> list[bytes]:
    return inserted(line, random, random.choice([b"\n", b"\r\n", b"\r"]))


def zero_byte(line: bytes, random: Random) -> list[bytes]:
    return inserted(line, random, b"\0")


def control_bytes(line: bytes, random: Random) -> list[bytes]:
    return inserted(line, random, random.choice([b"\x01\x02\x03\x04", b"\x1a", b"\x1e", b"\x7f", b"\x0c\x0b"]))


def latin_1_letter(line: bytes, random: Random) -> list[bytes]:
    return inserted(line, random, b"\xe9")


def bytes_of_no_encoding(line: bytes, random: Random) -> list[bytes]:
    return inserted(line, random, b"\xff\x9c")


def letters_of_all_kinds(line: bytes, random: Random) -> list[bytes]:
    letters = random.choice(["\u202ecitamotua", "👩🏽‍💻", "\u00a0", "\u2028", "e\u0301", "\ufeff", "\ufffd"])
    return inserted(line, random, letters.encode())


# Lines: their values.


def huge_field(line: bytes, random: Random) -> list[bytes]:
    return text_value(line, random, b"x" * HUGE)


def empty_field(line: bytes, random: Random) -> list[bytes]:
    return text_value(line, random, b"")


def sql_text(line: bytes, random: Random) -> list[bytes]:
    return text_value(line, random, b"'); drop table staging.calls; --{{ x }}{% y %}")


def formula_text(line: bytes, random: Random) -> list[bytes]:
    return text_value(line, random, b"=HYPERLINK('http://example.com','x')")


def unknown_word(line: bytes, random: Random) -> list[bytes]:
    return text_value(line, random, b"telepathy")


def another_type(line: bytes, random: Random) -> list[bytes]:
    value = random.choice([b"null", b"{}", b"[]", b"true", b"17", b'{"a": [1]}', b"[[], {}]"])
    if line.lstrip().startswith(b"{"):
        return one_of(STRING, line, random, lambda _: value)
    return one_of(FIELD, line, random, lambda _: value)


def half_an_emoji(line: bytes, random: Random) -> list[bytes]:
    return text_value(line, random, rb"\ud83d")


def deep_nesting(line: bytes, random: Random) -> list[bytes]:
    return one_of(STRING, line, random, lambda _: b"[" * 2000 + b"]" * 2000)


def key_twice(line: bytes, random: Random) -> list[bytes]:
    return one_of(re.compile(rb'"[A-Za-z]+":\s*"[^"\\]*"'), line, random, lambda pair: pair + b"," + pair)


def number_negative(line: bytes, random: Random) -> list[bytes]:
    return one_of(NUMBER, line, random, lambda number: b"-" + number.lstrip(b"-") + b"7")


def number_of_days(line: bytes, random: Random) -> list[bytes]:
    return one_of(NUMBER, line, random, lambda _: str(86_400 * random.randint(1, 400)).encode())


def number_beyond_all(line: bytes, random: Random) -> list[bytes]:
    beyond = [b"1e400", b"-1e30", b"9" * 25, b"NaN", b"Infinity", b"1e-400", b"0x1F", b"9223372036854775807"]
    return one_of(NUMBER, line, random, lambda _: random.choice(beyond))


def number_with_a_comma(line: bytes, random: Random) -> list[bytes]:
    return one_of(NUMBER, line, random, lambda number: number.replace(b".", b",") + b",5")


def time_zone_wrong(line: bytes, random: Random) -> list[bytes]:
    zones = [b"+14:00", b"-12:00", b"", b"Z", b" America/New_York", b"+99:99", b"Z+01:00"]
    plain = re.compile(rb"(?:Z|[+-]\d\d:?\d\d)$")
    return one_of(TIME, line, random, lambda time: plain.sub(b"", time) + random.choice(zones))


def time_in_milliseconds(line: bytes, random: Random) -> list[bytes]:
    if EPOCH.search(line):
        return [EPOCH.sub(lambda match: match.group() + b"123", line)]
    return one_of(TIME, line, random, lambda _: b"1793782800123")


def time_skewed(line: bytes, random: Random) -> list[bytes]:
    seconds = random.choice([-1, 1]) * random.choice([61, 3_600, 90_000, 40 * 86_400, 20 * 31_556_952])

    def moved(time: bytes) -> bytes:
        later = datetime.fromisoformat(time[:19].decode()) + timedelta(seconds=seconds)
        return later.isoformat(time[10:11].decode()).encode() + time[19:]

    if EPOCH.search(line):
        return [EPOCH.sub(lambda match: str(int(match.group()) + seconds).encode(), line)]
    return one_of(TIME, line, random, moved)


def time_impossible(line: bytes, random: Random) -> list[bytes]:
    times = [b"2026-02-30 10:00:00", b"2026-01-01T24:61:00Z", b"0000-00-00 00:00:00", b"9999-12-31T23:59:59Z"]
    times += [b"infinity", b"294247-01-10 04:00:54.775806", b"290309-12-22 (BC) 00:00:00", b"epoch", b"today"]
    if EPOCH.search(line):
        return [EPOCH.sub(random.choice([b"0", b"-5", b"99999999999999999999", b"1e10"]), line)]
    return one_of(TIME, line, random, lambda _: random.choice(times))


LINES = [
    line_cut,
    line_lost,
    line_twice,
    line_twice_and_different,
    field_too_many,
    field_too_few,
    quote_never_closed,
    separator_in_a_field,
    line_break_in_a_field,
    zero_byte,
    control_bytes,
    latin_1_letter,
    bytes_of_no_encoding,
    letters_of_all_kinds,
    huge_field,
    empty_field,
    sql_text,
    formula_text,
    unknown_word,
    another_type,
    half_an_emoji,
    deep_nesting,
    key_twice,
    number_negative,
    number_of_days,
    number_beyond_all,
    number_with_a_comma,
    time_zone_wrong,
    time_in_milliseconds,
    time_skewed,
    time_impossible,
]


# Lines beside others.


def id_of_another(line: bytes, other: bytes, random: Random) -> list[bytes]:
    """As by a system that begins to count anew."""
    for pattern in IDS:
        own, its = pattern.search(line), pattern.search(other)
        if own and its:
            return [line[: own.start(1)] + its[1] + line[own.end(1) :]]
    return [line]


PAIRS = [id_of_another]


# Files.


def file_cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content))] if content else content


def file_empty(content: bytes, random: Random) -> bytes:
    return random.choice([b"", b"\n", b"\xef\xbb\xbf", b"  \r\n \n"])


def file_with_header_alone(content: bytes, random: Random) -> bytes:
    return content.splitlines(keepends=True)[0] if content else content


def byte_order_mark(content: bytes, random: Random) -> bytes:
    return b"\xef\xbb\xbf" + content


def utf_16(content: bytes, random: Random) -> bytes:
    return content.decode("utf-8", "replace").encode(random.choice(["utf-16", "utf-16-le", "utf-16-be"]))


def other_line_ends(content: bytes, random: Random) -> bytes:
    return content.replace(b"\n", random.choice([b"\r", b"\r\n", b"\n\n", b"\r\n\n"]))


def no_line_end_at_the_end(content: bytes, random: Random) -> bytes:
    return content.rstrip(b"\r\n")


def lines_shuffled(content: bytes, random: Random) -> bytes:
    first, *lines = content.splitlines() or [b""]
    random.shuffle(lines)
    return b"\n".join([first, *lines]) + b"\n"


def content_twice(content: bytes, random: Random) -> bytes:
    return content.rstrip(b"\n") + b"\n" + content


def zero_bytes_at_the_end(content: bytes, random: Random) -> bytes:
    return content + b"\0" * 4096


def garbage_in_the_middle(content: bytes, random: Random) -> bytes:
    place = random.randint(0, len(content))
    return content[:place] + random.randbytes(300) + content[place + 300 :]


def garbage_alone(content: bytes, random: Random) -> bytes:
    return random.randbytes(2_000)


def other_separator(content: bytes, random: Random) -> bytes:
    return content.replace(b",", random.choice([b";", b"\t", b"|"]))


def columns_swapped(content: bytes, random: Random) -> bytes:
    header, *rest = content.split(b"\n")
    names = header.split(b",")
    random.shuffle(names)
    return b"\n".join([b",".join(names), *rest])


def column_missing(content: bytes, random: Random) -> bytes:
    place = random.randint(0, content.split(b"\n")[0].count(b","))
    rows = [line.split(b",") for line in content.split(b"\n")]
    return b"\n".join(b",".join(fields[:place] + fields[place + 1 :]) for fields in rows)


def column_renamed(content: bytes, random: Random) -> bytes:
    header, *rest = content.split(b"\n")
    return b"\n".join([one_of(re.compile(rb"[A-Za-z_]+"), header, random, bytes.upper)[0], *rest])


def column_twice(content: bytes, random: Random) -> bytes:
    return b"\n".join(line + b"," + line.split(b",")[0] if line else line for line in content.split(b"\n"))


FILES = [
    file_cut,
    file_empty,
    file_with_header_alone,
    byte_order_mark,
    utf_16,
    other_line_ends,
    no_line_end_at_the_end,
    lines_shuffled,
    content_twice,
    zero_bytes_at_the_end,
    garbage_in_the_middle,
    garbage_alone,
    other_separator,
    columns_swapped,
    column_missing,
    column_renamed,
    column_twice,
]


# Folders.


def moved(files: Files, name: str, new_name: str) -> None:
    files[new_name] = files.pop(name)


def packed(content: bytes) -> bytes:
    # Without the time, so that a case is the same each time.
    return gzip.compress(content, mtime=0)


def file_missing(files: Files, name: str, random: Random) -> None:
    del files[name]


def file_late(files: Files, name: str, random: Random) -> None:
    moved(files, name, f"2031-12-31/{name}")


def file_again_another_day(files: Files, name: str, random: Random) -> None:
    files[f"2031-12-31/{name}"] = files[name]


def file_again_and_cut(files: Files, name: str, random: Random) -> None:
    files[f"2031-12-31/{name}"] = file_cut(files[name], random)


def folder_with_an_odd_name(files: Files, name: str, random: Random) -> None:
    folder = random.choice(["1'2", "2026 [11]", "1*", "1?", "day=%C3%A9", "1{2,3}", "20-ü", "1;2"])
    moved(files, name, f"{folder}/{name}")


def compressed(files: Files, name: str, random: Random) -> None:
    files[f"{name}.gz"] = packed(files.pop(name))


def compressed_and_cut(files: Files, name: str, random: Random) -> None:
    whole = packed(files.pop(name))
    files[f"{name}.gz"] = whole[: random.randrange(len(whole))]


def compressed_in_name_alone(files: Files, name: str, random: Random) -> None:
    moved(files, name, f"{name}.gz")


def compressed_in_secret(files: Files, name: str, random: Random) -> None:
    files[name] = packed(files[name])


def parquet_in_name_alone(files: Files, name: str, random: Random) -> None:
    moved(files, name, f"{name.partition('.')[0]}.parquet")


def as_parquet(files: Files, name: str, random: Random) -> None:
    if name.endswith(".csv") and (content := parquet.of_csv(files[name])):
        del files[name]
        files[parquet_name(name)] = content


def parquet_cut(files: Files, name: str, random: Random) -> None:
    as_parquet(files, name, random)
    if content := files.get(parquet_name(name)):
        files[parquet_name(name)] = content[: random.randrange(len(content))]


def parquet_with_flipped_bytes(files: Files, name: str, random: Random) -> None:
    """Inside the pages: the footer, which tells of columns and types, is whole."""
    as_parquet(files, name, random)
    if content := bytearray(files.get(parquet_name(name), b"")):
        for _ in range(random.randint(1, 3)):
            content[random.randrange(4, parquet.pages_end(content))] ^= random.randint(1, 255)
        files[parquet_name(name)] = bytes(content)


def parquet_with_another_mark(files: Files, name: str, random: Random) -> None:
    """The four bytes at either end say that it is Parquet, or an encrypted one."""
    as_parquet(files, name, random)
    if content := files.get(parquet_name(name)):
        mark = random.choice([b"PARE", b"ORC1", b"\0\0\0\0"])
        files[parquet_name(name)] = random.choice([mark + content[4:], content[:-4] + mark])


def parquet_name(name: str) -> str:
    return f"{name.removesuffix('.csv')}.parquet"


def names_exchanged(files: Files, name: str, random: Random) -> None:
    other = random.choice(sorted(files))
    files[name], files[other] = files[other], files[name]


def file_of_nobody(files: Files, name: str, random: Random) -> None:
    files["read me.docx"] = random.randbytes(500)


FOLDERS = [
    file_missing,
    file_late,
    file_again_another_day,
    file_again_and_cut,
    folder_with_an_odd_name,
    compressed,
    compressed_and_cut,
    compressed_in_name_alone,
    compressed_in_secret,
    parquet_in_name_alone,
    as_parquet,
    parquet_cut,
    parquet_with_flipped_bytes,
    parquet_with_another_mark,
    names_exchanged,
    file_of_nobody,
]
