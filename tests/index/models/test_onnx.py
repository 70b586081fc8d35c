"""Products of int8 weights are exact on every processor, so that answers are the same."""

from __future__ import annotations

import onnxruntime

from index.models import packaged
from index.models.onnx import OnnxModel


def test_weights_are_multiplied_exactly_where_a_processor_would_saturate(monkeypatch):
    asked = []
    opened = onnxruntime.InferenceSession

    def session(path, options, **others):
        asked.append(options.get_session_config_entry("session.x64quantprecision"))
        return opened(path, options, **others)

    monkeypatch.setattr(onnxruntime, "InferenceSession", session)
    OnnxModel(packaged.folder("bge-small"), 16)
    assert asked == ["1"]
