"""What a bailleur opens without an account, under /transmission/."""

from django.urls import path

from candidatures.views import transmission

app_name = "transmission"

urlpatterns = [
    path("<str:jeton>/", transmission.page, name="page"),
    path("<str:jeton>/pdf/", transmission.pdf, name="pdf"),
    path("<str:jeton>/json/", transmission.fichier, name="json"),
]
