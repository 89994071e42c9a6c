"""The forms that returns may answer, as their readers look them up: each taken apart when it is first asked for."""

from collections.abc import Iterator, Mapping, Sequence

from planbook.actions.spooled_forms import SpooledForm
from planbook.forms.candidates import Candidate
from planbook.ledger.kept_forms import KeptForm
from planbook.model.form import Form


class FormsOnRecord(Mapping[str, Candidate]):
    """Candidates by form id, in the order of issue, and the forms themselves.

    A sealed return names its form, so that of thousands one is taken apart; a return without a seal is held against
    all of them. Made once in each worker from what the worker was sent.
    """

    def __init__(self, kept: Sequence[KeptForm | SpooledForm | Form]) -> None:
        self.agencies = frozenset(one.agency for one in kept)
        self._kept = {one.form_id: one for one in kept}
        self._candidates: dict[str, Candidate] = {}
        self._last: Form | None = None  # whose form a return is comes first, what it says of that form next

    def __getitem__(self, form_id: str) -> Candidate:
        known = self._candidates.get(form_id)
        if known is None:
            known = self._candidates[form_id] = Candidate.of(self.form(form_id))
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, form_id: object) -> bool:
        return form_id in self._kept

    def form(self, form_id: str) -> Form:
        """Return a form.

        Raises:
            KeyError: There is none.
            PlanbookError: What is kept of it is damaged.
        """
        if self._last is None or self._last.form_id != form_id:
            kept = self._kept[form_id]
            self._last = kept if isinstance(kept, Form) else kept.opened()
        return self._last
