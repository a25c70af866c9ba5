"""What a browser may load and use on our pages: everything from us, nothing from elsewhere."""

from csp.constants import NONE, SELF

CONTENU = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
JAMAIS_DEMANDE = (
    "accelerometer autoplay browsing-topics camera display-capture geolocation gyroscope hid idle-detection "
    "local-fonts magnetometer microphone midi payment screen-wake-lock serial usb window-management xr-spatial-tracking"
)
"""Only names that browsers know: they complain in the console of any other."""
PERMISSIONS: dict[str, str | list[str]] = {
    "publickey-credentials-create": "self",
    "publickey-credentials-get": "self",
    **{capteur: [] for capteur in JAMAIS_DEMANDE.split()},
}
