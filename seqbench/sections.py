"""Parts that sections of the page are made of: the report of a dataset, findings over all, pictures with parts.

A section is a function of one `DatasetReport` that gives any number of `Figure` and `Table`; one that is registered as
`together=True` is a function of the `Findings` over all datasets, splits of one pooled.
"""

from __future__ import annotations

from seqbench.comparing.across_datasets import Ranking
from seqbench.comparing.calibration import Calibration
from seqbench.comparing.comparison import BETTER, Comparison
from seqbench.comparing.error_analysis.agreement import Agreement, agreements, all_wrong
from seqbench.comparing.error_analysis.slices import Slice, binned_slices
from seqbench.comparing.multiverse import Multiverse, beside_the_best, multiverse
from seqbench.contracts.convergence import Convergence
from seqbench.contracts.hooks import RegisterSection
from seqbench.reporting.comparison_findings import Findings
from seqbench.reporting.multiverse_tables import of_the_first
from seqbench.reporting.multiverse_tables import table as multiverse_table
from seqbench.reporting.number_format import counted, named, p_value
from seqbench.reporting.page.dataset_report import DatasetReport
from seqbench.reporting.page.figure import (
    MOST_ROWS,
    Drawing,
    Figure,
    Record,
    Value,
    by_model,
    data,
    fields,
    figure,
    matrix_width,
    told_apart,
)
from seqbench.reporting.pair_cells import seemingly_apart
from seqbench.reporting.profile_tables import profile_table
from seqbench.reporting.safe_text import line as safe_line
from seqbench.reporting.table import Table
from seqbench.results.capability_profile import CapabilityProfile, ProbeAxis, ProbeCell
from seqbench.results.model_names import ModelKey
from seqbench.results.predictions import Predictions
from seqbench.results.records import DatasetSummary, Manifest, TrialRecord
from seqbench.results.rows import Results, Row
from seqbench.results.trial_scores import TagScore
from seqbench.scoring.core_scores import BY_NAME
from seqbench.scoring.costs import COSTS

__all__ = [
    "BETTER",
    "BY_NAME",
    "COSTS",
    "MOST_ROWS",
    "Agreement",
    "Calibration",
    "CapabilityProfile",
    "Comparison",
    "Convergence",
    "DatasetReport",
    "DatasetSummary",
    "Drawing",
    "Figure",
    "Findings",
    "Manifest",
    "ModelKey",
    "Multiverse",
    "Predictions",
    "ProbeAxis",
    "ProbeCell",
    "Ranking",
    "Record",
    "RegisterSection",
    "Results",
    "Row",
    "Slice",
    "Table",
    "TagScore",
    "TrialRecord",
    "Value",
    "agreements",
    "all_wrong",
    "beside_the_best",
    "binned_slices",
    "by_model",
    "counted",
    "data",
    "fields",
    "figure",
    "matrix_width",
    "multiverse",
    "multiverse_table",
    "named",
    "of_the_first",
    "p_value",
    "profile_table",
    "safe_line",
    "seemingly_apart",
    "told_apart",
]
