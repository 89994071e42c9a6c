"""Brackets of folded text: which belong together, which was never closed."""


def bracket_pairs(plain: str) -> list[tuple[int, int]]:
    """Return (opening, closing) of every pair of round brackets, by opening; one without a partner is left out."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for offset, character in enumerate(plain):
        if character == "(":
            opened.append(offset)
        elif character == ")" and opened:
            pairs.append((opened.pop(), offset))
    return sorted(pairs)


def open_bracket_tail(plain: str) -> str | None:
    """Return what stands behind the outermost bracket that is never closed, None where all are closed."""
    opened: list[int] = []
    for offset, character in enumerate(plain):
        if character == "(":
            opened.append(offset)
        elif character == ")" and opened:
            opened.pop()
    return plain[opened[0] + 1 :] if opened else None


def last_bracket(plain: str) -> str | None:
    """Return what the bracket holds that closes at the very end of a text, None where none does."""
    if not plain.endswith(")"):
        return None
    depth = 0
    for offset in range(len(plain) - 1, -1, -1):
        depth += (plain[offset] == ")") - (plain[offset] == "(")
        if not depth:
            return plain[offset + 1 : -1]
    return None
