"""The register of a kho: what number each procedure has, and what was approved, when and by what."""
