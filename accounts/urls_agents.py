"""The agents of a housing service, under /service-logement/agents/."""

from django.urls import path

from accounts import views_agents

app_name = "agents"

urlpatterns = [
    path("", views_agents.agents, name="liste"),
    path("<int:pk>/retirer/", views_agents.retirer, name="retirer"),
    path("invitations/<uuid:pk>/annuler/", views_agents.annuler, name="annuler"),
]
