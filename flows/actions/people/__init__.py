"""The register of bodies and contacts."""
