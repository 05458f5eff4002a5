"""Policy files: what they hold, and errors that name line and key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import PolicyError
from onrecord.policies import Policy, line_of, load_policy, read_policy

HEAD = 'name = "mine"\n[groups]\nparties = ["Vorland*"]\n\n[[grade]]\nname = "a"\nwhen = { origins = { min = 2 } }\n\n'
"""A policy with one grade; the next one begins in line 9."""

NEXT = '[[grade]]\nname = "b"\n'


def test_a_policy_holds_its_grades_in_order_by_scale():
    text = (
        f'{HEAD}{NEXT}when = [{{ copy = true }}, {{ denials = {{ max = 0 }} }}]\n[[grade]]\nname = "x"\nscale = "s"\n'
    )
    policy = read_policy(text, "mine.toml")
    assert {scale: [rule.name for rule in rules] for scale, rules in policy.scales().items()} == {
        "": ["a", "b"], "s": ["x"],
    }  # fmt: skip
    assert [len(rule.cases) for rule in policy.grade] == [1, 2, 0]
    assert policy.join == " "


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: the file: object missing required field `name`"),
        ('nme = "x"', "line 1: nme: no such key; one of name, about,"),
        ('name = "x"\n\n[[grade]\n', "line 3: no TOML:"),
        ('name = "x"\n', "grade: no grades; write [[grade]]"),
        (HEAD + "[[grade]]\nwhen = { copy = true }\n", "line 9: grade 2: object missing required field `name`"),
        (HEAD + NEXT + "when = { orgins = { min = 1 } }", "line 11: grade 2: when.orgins: no such key; one of"),
        (HEAD + NEXT + "[grade.when]\norigins = 3\n", "line 12: grade 2: when.origins: expected"),
        (HEAD + NEXT + "[grade.when]\norigins = 3\n", "write { min = 2 }, { max = 2 } or both"),
        (HEAD + NEXT + "when = { origins = { least = 3 } }", "when.origins.least: no such key; one of min, max"),
        (HEAD + NEXT + 'when = { state = ["revised"] }', "line 11: grade 2: when.state[0]: invalid enum value"),
        (HEAD + NEXT + 'when = { state = ["revised"] }', "write a list of some of first, repeated,"),
        (HEAD + NEXT + "when = { inside = { partes = { min = 1 } } }", "when.inside.partes: no such group"),
        (HEAD + NEXT + "when = { inside = { partes = { min = 1 } } }", "(there: parties)"),
        (HEAD + NEXT + "when = { denials = {} }", "line 11: grade 2: when.denials: neither min nor max"),
        (HEAD + NEXT + "[grade.when]\norigins = { min = 3, max = 1 }", "when.origins: min 3 is above max 1; it never"),
        (HEAD + NEXT + "when = []", "line 11: grade 2: when: an empty list, which never holds"),
        (HEAD + '[[grade]]\nname = "a"\n', "line 10: grade 2: name: 'a' stands twice"),
        (HEAD + NEXT + '[[grade]]\nname = "c"\n', "line 11: grade 3: never given"),
        (HEAD.replace('"Vorland*"', '"Vorland*", ""'), "line 3: groups.parties: '' has no letter or digit"),
        (HEAD.replace('"Vorland*"', '" *"'), "line 3: groups.parties: ' *' has no letter or digit"),
        (HEAD + "[only]\noutcome = ['died']", "line 10: only.outcome[0]: invalid enum value 'died'"),
        (HEAD + "[only]\norigins = { min = 2, max = 1 }", "line 10: only.origins: min 2 is above max 1"),
    ],
)  # fmt: skip
def test_an_error_names_the_line_and_the_key(text, says):
    with pytest.raises(PolicyError) as caught:
        read_policy(text, "mine.toml")
    assert str(caught.value).startswith("mine.toml line ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("content", "says"), [(None, "No such file"), (b"name = '\xff'", "not UTF-8 at byte 8")])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content, says):
    path = tmp_path / "mine.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PolicyError, match=says):
        load_policy(path)


def test_the_line_is_that_of_the_grade_that_is_meant():
    text = f"{HEAD}{NEXT}when = {{ origins = {{ min = 1 }} }}\n"
    assert (line_of(text, "grade[0].when.origins"), line_of(text, "grade[1].when.origins")) == (7, 11)
    assert line_of(text, "grade[1].when.nowhere") == 9


def test_the_example_policies_load(root):
    found = {path.stem: load_policy(path) for path in sorted((root / "docs" / "policies").glob("*.toml"))}
    assert len({policy.name for policy in found.values()}) == len(found) >= 5


PIECES = st.sampled_from([
    '"', "'", "[", "]", "{", "}", "=", ",", "\n", "[[grade]]", "[only]", "[groups]", "name", "when", "origins", "min",
    "2", "-1", "1e9", "true", "2026-03-04", '"a"', "rank", '["last"]', "inside", "parties", "#", ".", "\x00", "\u2019",
])  # fmt: skip


@given(st.lists(PIECES, max_size=30), st.integers(0, len(HEAD)))
def test_whatever_stands_in_a_file_is_a_policy_or_a_named_error(pieces, at):
    text = HEAD[:at] + " ".join(pieces) + HEAD[at:]
    found: Policy | str
    try:
        found = read_policy(text, "mine.toml")
    except PolicyError as err:
        found = str(err)
    if isinstance(found, str):
        assert found.startswith("mine.toml line ")
        assert 1 <= int(found.split()[2].rstrip(":")) <= text.count("\n") + 1
