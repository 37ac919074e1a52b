"""Large workbooks are made in the background: asked with a reason, made by the worker, fetched by the asker until they
expire (D6)."""
