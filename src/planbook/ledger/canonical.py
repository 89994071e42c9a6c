"""JSON as the ledger keeps it; apart from the database, since workers that read returns decode it, too."""

import json
from typing import Final

_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: object) -> str:
    """Return `value` as JSON with sorted keys and no spare spaces: equal values give equal text."""
    return _CANONICAL.encode(value)
