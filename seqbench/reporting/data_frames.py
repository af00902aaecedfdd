"""Rows as data frames of pandas or polars, which are imported when they are used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from seqbench.errors import UsageError
from seqbench.results.records import Json

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl


def pandas_frame(rows: Sequence[dict[str, Json]]) -> pd.DataFrame:
    """Rows as a data frame of pandas. Raises `UsageError` if pandas is not installed."""
    try:
        import pandas as pd
    except ImportError as error:
        raise UsageError("to_pandas takes pandas: pip install pandas") from error
    return pd.DataFrame(rows)


def polars_frame(rows: Sequence[dict[str, Json]]) -> pl.DataFrame:
    """Rows as a data frame of polars. Raises `UsageError` if polars is not installed."""
    try:
        import polars as pl
    except ImportError as error:
        raise UsageError("to_polars takes polars: pip install polars") from error
    return pl.DataFrame(rows, infer_schema_length=None)
