"""Fixtures: made-up result files, written once."""

from __future__ import annotations

import pathlib
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "analysis")]

import made_up_run  # noqa: E402


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> made_up_run.MadeUpRun:
    """Three arms: the reference, one that helps from 60 on, one that does nothing."""
    return made_up_run.write(tmp_path_factory.mktemp("run") / "run.h5")


@pytest.fixture(scope="session")
def one_arm(tmp_path_factory: pytest.TempPathFactory) -> made_up_run.MadeUpRun:
    """One arm only."""
    return made_up_run.write(tmp_path_factory.mktemp("run") / "one_arm.h5", arms=("usual_life",), people=12)
