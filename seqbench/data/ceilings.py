"""Ceilings: the best accuracy that taggers can expect of a dataset, by what of a sentence they see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Ceilings:
    """The best accuracy on test that can be expected, as fractions of 1, computed from the process that made the data.

    `any` is that of taggers which see the whole sentence, `left_to_right` that of those which see a token and all
    before it, `window` by k that of those which see k tokens to either side. Where a sentence begins and ends is seen
    like a token. Raises `ValueError` if one is no fraction.
    """

    any: float
    left_to_right: float
    window: Mapping[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, ceiling in self.named().items():
            if not 0 <= ceiling <= 1:
                raise ValueError(f"the ceiling of {name} must be from 0 to 1, was: {ceiling}")

    def named(self) -> dict[str, float]:
        """Each ceiling by the name of those that it holds for."""
        windows = {f"window {size}": ceiling for size, ceiling in self.window.items()}
        return {"any": self.any, "left to right": self.left_to_right, **windows}

    def of_sight(self, left: int | None, right: int | None) -> float:
        """The lowest ceiling of taggers that see at least so many tokens to either side; None: all of them."""
        farthest = None if left is None or right is None else max(left, right)
        wide = [ceiling for size, ceiling in self.window.items() if farthest is not None and size >= farthest]
        return min([self.any, *([self.left_to_right] if right == 0 else []), *wide])

    def as_json(self) -> dict[str, object]:
        """The ceilings as the JSON of results has them."""
        windows = {str(size): ceiling for size, ceiling in self.window.items()}
        return {"any": self.any, "left_to_right": self.left_to_right, "window": windows}
