"""The addresses of our files, with the print of what they hold, each worked out once: a page names twenty of them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class Empreintes(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """The names are those of the last `collectstatic`, and change with a new process only."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.adresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Raises ValueError for a file that was not collected."""
        if name not in self.adresses:
            self.adresses[name] = super().url(name, force)
        return self.adresses[name]
