"""Strict readers of the session files: an RPP parser and the rules of DAWproject 1.0 that apply to them.

The rules restate the part of the published Project.xsd and MetaData.xsd that partwise writes: which
attributes an element must and may have, and which children in which order. Whatever is not named
here is a fault. Standard library only.
"""
import re
import xml.etree.ElementTree as ET
import zipfile

# --- RPP ---------------------------------------------------------------------------------------

WORD = re.compile(r'"([^"]*)"|\'([^\']*)\'|`([^`]*)`|([^\s"\'`]\S*)')
# The lines that each chunk may hold, and how many parameters each has.
LINES = {
    "REAPER_PROJECT": {"SAMPLERATE": 3, "TEMPO": 3},
    "TRACK": {"NAME": 1, "PEAKCOL": 1, "BEAT": 1, "NCHAN": 1},
    "ITEM": {"POSITION": 1, "LENGTH": 1, "LOOP": 1, "NAME": 1},
    "SOURCE WAVE": {"FILE": 1},
    "SOURCE FLAC": {"FILE": 1},
    "SOURCE MIDI": {"HASDATA": 3, "E": 4},
}
PARENTS = {"TRACK": {"REAPER_PROJECT"}, "ITEM": {"TRACK"}, "SOURCE WAVE": {"ITEM"},
           "SOURCE FLAC": {"ITEM"}, "SOURCE MIDI": {"ITEM"}}


class Chunk:
    def __init__(self, name, parameters):
        self.name, self.parameters, self.lines, self.chunks = name, parameters, [], []

    def one(self, token):
        found = [parameters for name, parameters in self.lines if name == token]
        assert len(found) == 1, f"{len(found)} lines {token} in {self.name}"
        return found[0]

    def all(self, token):
        return [parameters for name, parameters in self.lines if name == token]


def words_of(line):
    """The words of an RPP line; every character must belong to one, with single blanks between."""
    words, at = [], 0
    while at < len(line):
        match = WORD.match(line, at)
        assert match, f"no RPP word at column {at}: {line!r}"
        words.append(next(group for group in match.groups() if group is not None))
        at = match.end()
        assert at == len(line) or line[at] == " ", f"no blank at column {at}: {line!r}"
        at += 1
    return words


def read_rpp(text):
    """The outermost chunk of a Reaper project. Asserts where a line is not as it should be."""
    assert text.endswith(">\n") and "\r" not in text and "\0" not in text
    stack, root = [], None
    for line in text.splitlines():
        inner = line.strip(" ")
        assert line == " " * (len(line) - len(inner)) + inner, f"blanks at the end: {line!r}"
        assert root is None or stack, f"text behind the project: {line!r}"
        if inner == ">":
            assert len(line) - 1 == 2 * (len(stack) - 1), f"badly indented: {line!r}"
            stack.pop()
            continue
        assert len(line) - len(inner) == 2 * len(stack), f"badly indented: {line!r}"
        if inner.startswith("<"):
            name, *parameters = words_of(inner[1:])
            if name == "SOURCE":
                name += " " + parameters.pop(0)
            assert name in LINES, f"unknown chunk {name}"
            chunk = Chunk(name, parameters)
            if stack:
                assert stack[-1].name in PARENTS.get(name, ()), f"{name} in {stack[-1].name}"
                stack[-1].chunks.append(chunk)
            else:
                assert name == "REAPER_PROJECT"
                root = chunk
            stack.append(chunk)
            continue
        token, *parameters = words_of(inner)
        count = LINES[stack[-1].name].get(token)
        assert count is not None, f"{token} in {stack[-1].name}"
        assert len(parameters) == count, f"{len(parameters)} parameters: {line!r}"
        stack[-1].lines.append((token, parameters))
    assert not stack, "a chunk is not closed"
    return root


def rpp_notes(source):
    """[(onset in beats, channel, key, velocity)] of a MIDI source; its end in beats."""
    ticks_per_beat = int(source.one("HASDATA")[1])
    now, notes, sounding = 0, [], set()
    for delta, *data in source.all("E"):
        now += int(delta)
        assert all(re.fullmatch("[0-9a-f]{2}", byte) for byte in data), data
        status, first, second = (int(byte, 16) for byte in data)
        assert first < 128 and second < 128
        if status & 0xF0 == 0x90:
            notes.append((now / ticks_per_beat, status & 15, first, second))
            sounding.add((status & 15, first))
        elif status & 0xF0 == 0x80:
            sounding.discard((status & 15, first))
        else:
            assert status & 0xF0 == 0xB0 and first == 123, "only the end is a controller"
    assert not sounding, "a note never ends"
    assert source.all("E")[-1][1][0] == "b", "a MIDI source ends with all notes off"
    return notes, now / ticks_per_beat


# --- DAWproject --------------------------------------------------------------------------------

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
COLOR = re.compile(r"#[0-9a-f]{6}")
INT = re.compile(r"[0-9]+")
ANY = re.compile(r".*", re.DOTALL)
BOOL = re.compile("true|false")
ID = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
NAMED = {"id": ID, "name": ANY, "color": COLOR, "comment": ANY}
REAL = {"max": NUMBER, "min": NUMBER, "unit": re.compile("bpm|linear|normalized"),
        "value": NUMBER, **NAMED}
TIMELINE = {"timeUnit": re.compile("beats|seconds"), "track": ID, **NAMED}
# element: (required attributes, allowed attributes, children in order: name, least, most)
MANY = 10**9
RULES = {
    "Project": ({"version"}, {"version": re.compile(r"1\.0")},
                [("Application", 1, 1), ("Transport", 0, 1), ("Structure", 0, 1),
                 ("Arrangement", 0, 1), ("Scenes", 0, 1)]),
    "Application": ({"name", "version"}, {"name": ANY, "version": ANY}, []),
    "Transport": (set(), {}, [("Tempo", 0, 1), ("TimeSignature", 0, 1)]),
    "Tempo": ({"unit"}, REAL, []),
    "TimeSignature": ({"denominator", "numerator"}, {"denominator": INT, "numerator": INT, **NAMED}, []),
    "Structure": (set(), {}, [("Track", 0, MANY)]),
    "Track": (set(), {"contentType": re.compile("(audio|notes)( (audio|notes))*"), "loaded": BOOL,
                      **NAMED}, [("Channel", 0, 1), ("Track", 0, MANY)]),
    "Channel": (set(), {"audioChannels": INT, "destination": ID, "solo": BOOL,
                        "role": re.compile("regular|master|effect|submix|vca"), **NAMED},
                [("Mute", 0, 1), ("Pan", 0, 1), ("Volume", 0, 1)]),
    "Mute": (set(), {"value": BOOL, **NAMED}, []),
    "Pan": ({"unit"}, REAL, []),
    "Volume": ({"unit"}, REAL, []),
    "Arrangement": (set(), NAMED, [("Lanes", 0, 1)]),
    "Lanes": (set(), TIMELINE, [("Clips", 0, MANY)]),
    "Clips": (set(), TIMELINE, [("Clip", 0, MANY)]),
    "Clip": ({"time"}, {"time": NUMBER, "duration": NUMBER, "playStart": NUMBER, "playStop": NUMBER,
                        "contentTimeUnit": re.compile("beats|seconds"), "name": ANY,
                        "color": COLOR, "comment": ANY}, [("Audio", 0, 1), ("Notes", 0, 1)]),
    "Audio": ({"channels", "sampleRate", "duration"},
              {"channels": INT, "sampleRate": INT, "duration": NUMBER, **TIMELINE},
              [("File", 1, 1)]),
    "File": ({"path"}, {"path": ANY, "external": BOOL}, []),
    "Notes": (set(), TIMELINE, [("Note", 0, MANY)]),
    "Note": ({"time", "duration", "channel", "key"},
             {"time": NUMBER, "duration": NUMBER, "channel": INT, "key": INT, "vel": NUMBER,
              "rel": NUMBER}, []),
    "MetaData": (set(), {}, [(name, 0, 1) for name in
                             ("Title", "Artist", "Album", "OriginalArtist", "Composer",
                              "Songwriter", "Producer", "Arranger", "Year", "Genre", "Copyright",
                              "Website", "Comment")]),
}
TEXTS = {name for name, _, _ in RULES["MetaData"][2]}


def check_element(element):
    if element.tag in TEXTS:
        assert not element.attrib and not len(element)
        return
    required, allowed, children = RULES[element.tag]
    assert required <= set(element.attrib), f"{element.tag} lacks {required - set(element.attrib)}"
    for name, value in element.attrib.items():
        assert name in allowed, f"{element.tag} must not have {name}"
        assert allowed[name].fullmatch(value), f"{element.tag} {name}={value!r}"
    assert not (element.text or "").strip()
    names = [child.tag for child in element]
    for name, least, most in children:
        count = 0
        while names and names[0] == name:
            names.pop(0)
            count += 1
        assert least <= count <= most, f"{count} {name} in {element.tag}"
    assert not names, f"{names[0]} does not belong here in {element.tag}"
    for child in element:
        check_element(child)


def check_references(root):
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    for element in root.iter():
        for name in ("track", "destination"):
            assert element.get(name) is None or element.get(name) in ids, element.attrib


def read_dawproject(path):
    """(root of project.xml, root of metadata.xml, ZipFile) of an archive that keeps the rules."""
    archive = zipfile.ZipFile(path)
    assert archive.testzip() is None
    assert archive.namelist()[:2] == ["project.xml", "metadata.xml"]
    project, metadata = (ET.fromstring(archive.read(name))
                         for name in ("project.xml", "metadata.xml"))
    assert project.tag == "Project" and metadata.tag == "MetaData"
    check_element(project)
    check_element(metadata)
    check_references(project)
    for file in project.iter("File"):
        assert file.get("path") in archive.namelist(), file.get("path")
    return project, metadata, archive
