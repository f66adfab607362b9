"""An issued task is put right."""
