"""Random functions around one or more `async for` loops, which log all they do."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hypothesis import strategies as st

TARGETS = ("x", "a, b", "(a, b)", "[a, b]", "a, *b", "box.field", "box.items[0]", "_")
READS = {
    "x": "x",
    "a, b": "a, b",
    "(a, b)": "a, b",
    "[a, b]": "a, b",
    "a, *b": "a, b",
    "box.field": "box.field",
    "box.items[0]": "box.items[0]",
    "_": "0",
}


@dataclass(frozen=True)
class Where:
    """What may stand at a place of a generated function."""

    depth: int
    reads: str
    generator: bool
    plain: bool = False  # jumps stand where people put them, save now and then
    jumps: bool = True  # a loop around takes `break` and `continue`
    sites: bool = True  # another loop to repair may stand here


Lines = list[str]


def indented(lines: Lines) -> Lines:
    return [f"    {line}" if not line.startswith("\0") else line for line in lines]


@st.composite
def blocks(draw: st.DrawFn, where: Where, *, directly: bool = False) -> Lines:
    """Some statements, only the last of which may end the block early; `directly` in the body of a loop to repair."""
    lines: Lines = []
    for _ in range(draw(st.integers(0, 2))):
        if where.plain and where.jumps and directly and rarely(draw, 3):
            lines += draw(guards(where))
        else:
            lines += draw(statements(replace(where, jumps=where.jumps and (not where.plain or rarely(draw, 6)))))
    lines += draw(ends(where))
    return lines or ["pass"]


def rarely(draw: st.DrawFn, out_of: int) -> bool:
    # Not the ends of the range, which are drawn more often than others.
    return draw(st.integers(0, out_of)) == out_of // 2


@st.composite
def ends(draw: st.DrawFn, where: Where) -> Lines:
    number = draw(st.integers(0, 9))
    if number in (3, 4) and where.jumps:
        return [draw(st.sampled_from(["break", "continue"])) + draw(st.sampled_from(["", "  # why"]))]
    if number == 6:
        return ["return" if where.generator else f"return log('returns', {where.reads})"]
    if number == 7:
        return ["raise Boom(7)"]
    return draw(statements(where))


@st.composite
def statements(draw: st.DrawFn, where: Where) -> Lines:
    kinds = ["log", "log", "string", *([] if where.plain else ["guard", "guard"])]
    if where.depth:
        kinds += ["if", "if", "try", "with", "for", "while", "match", "def", "site"]
    return draw(KINDS[draw(st.sampled_from(kinds))](where))


@st.composite
def logs(draw: st.DrawFn, where: Where) -> Lines:
    text = f"log({draw(st.integers(0, 99))}, {where.reads})"
    if where.generator and draw(st.booleans()):
        text = f"yield {where.reads}"
    return [*draw(st.sampled_from([[], [], ["# a comment"], [""]])), text]


def strings(where: Where) -> st.SearchStrategy[Lines]:
    # The lines of a string stand where they stand, whatever is indented around them.
    return st.just(["log('''first", "\0  second", "\0third''',", f"    {where.reads})"])


@st.composite
def guards(draw: st.DrawFn, where: Where) -> Lines:
    condition = draw(
        st.sampled_from(["flip()", "not flip()", "flip() and flip()", "flip() in (1, 2)", "flip() is True"])
    )
    if not where.jumps:
        return [f"if {condition}: log('guarded')"]
    jump = draw(st.sampled_from(["continue", "continue", "break"]))
    own = draw(st.sampled_from([[], [], ["log('leaves')"], ["# because"]]))
    if draw(st.booleans()) and not own:
        return [f"if {condition}: {jump}"]
    return [f"if {condition}:", *indented([*own, jump])]


@st.composite
def ifs(draw: st.DrawFn, where: Where) -> Lines:
    inner = _inner(where)
    lines = ["if flip():", *indented(draw(blocks(inner)))]
    if rarely(draw, 3):
        lines += ["elif flip():", *indented(draw(blocks(inner)))]
    if draw(st.booleans()):
        lines += ["else:", *indented(draw(blocks(inner)))]
    return lines


@st.composite
def tries(draw: st.DrawFn, where: Where) -> Lines:
    inner = _inner(where)
    lines = ["try:", *indented(["may_fail()", *draw(blocks(inner))])]
    with_handler = not rarely(draw, 3)
    if with_handler:
        lines += ["except Boom:", *indented(draw(blocks(inner)))]
        if rarely(draw, 3):
            lines += ["else:", *indented(draw(blocks(inner)))]
    if not with_handler or rarely(draw, 3):
        lines += ["finally:", *indented(draw(blocks(replace(inner, jumps=inner.jumps and not inner.plain))))]
    return lines


@st.composite
def withs(draw: st.DrawFn, where: Where) -> Lines:
    manager = draw(st.sampled_from(["manager()", "swallowing()"]))
    return [f"with {manager}:", *indented(["may_fail()", *draw(blocks(_inner(where)))])]


@st.composite
def fors(draw: st.DrawFn, where: Where) -> Lines:
    lines = ["for number in range(2):", *indented(draw(blocks(replace(_inner(where), jumps=True))))]
    if rarely(draw, 3):
        lines += ["else:", *indented(draw(blocks(_inner(where))))]
    return lines


@st.composite
def whiles(draw: st.DrawFn, where: Where) -> Lines:
    return ["while flip():", *indented(draw(blocks(replace(_inner(where), jumps=True))))]


@st.composite
def matches(draw: st.DrawFn, where: Where) -> Lines:
    inner = _inner(where)
    lines = ["match flip():", "    case True:", *indented(indented(draw(blocks(inner))))]
    if draw(st.booleans()):
        lines += ["    case _:", *indented(indented(draw(blocks(inner))))]
    return lines


@st.composite
def functions(draw: st.DrawFn, where: Where) -> Lines:
    inner = replace(_inner(where), jumps=False, generator=False, sites=False)
    return ["def nested():", *indented(draw(blocks(inner))), "nested()"]


@st.composite
def sites(draw: st.DrawFn, where: Where) -> Lines:
    """A loop to repair."""
    if not where.sites:
        return draw(logs(where))
    target = draw(st.sampled_from(TARGETS))
    inner = replace(_inner(where), reads=READS[target], jumps=True, sites=False)
    lines = [
        f"async for {target} in source(({draw(st.integers(0, 9))}, 1)):",
        *indented(draw(blocks(inner, directly=True))),
    ]
    if rarely(draw, 30 if where.plain else 10):
        lines += ["else:", *indented(draw(blocks(replace(_inner(where), sites=False))))]
    return lines


@st.composite
def subjects(draw: st.DrawFn, *, plain: bool) -> str:
    """The source of `async def subject(source, log, flip, may_fail, manager, swallowing, box, Boom)`."""
    generator = rarely(draw, 3)
    outer = draw(st.sampled_from([None, None, "for turn in range(2):", "while flip():"]))
    where = Where(depth=3, reads="0", generator=generator, jumps=outer is not None, plain=plain)
    lines = [*draw(sites(where)), "log('after')", *draw(ends(where))]
    if outer:
        lines = [outer, *indented(lines), "log('outside')"]
    if generator:
        lines += ["yield 'last'"]
    text = "\n".join([f"async def subject({PARAMETERS}):", *indented(lines), "    log('end')", ""])
    return text.replace("\0", "")


PARAMETERS = "source, log, flip, may_fail, manager, swallowing, box, Boom"


def _inner(where: Where) -> Where:
    return replace(where, depth=where.depth - 1)


KINDS = {
    "log": logs,
    "string": strings,
    "guard": guards,
    "if": ifs,
    "try": tries,
    "with": withs,
    "for": fors,
    "while": whiles,
    "match": matches,
    "def": functions,
    "site": sites,
}
