"""The register of bodies and contacts comes in."""
