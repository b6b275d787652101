"""Addresses of Ajustes, under `mesa/ajustes/`."""

from django.urls import path

from ventanilla.desk.configuring import areas, calendar, home, roles, terms, town, urgency
from ventanilla.desk.configuring.catalogue import questions
from ventanilla.desk.configuring.catalogue import views as catalogue
from ventanilla.desk.configuring.routing import views as routing

urlpatterns = [
    path("", home.show, name="settings"),
    path("municipio/", town.show, name="town"),
    path("areas/", areas.show, name="areas"),
    path("areas/<uuid:uuid>/", areas.area, name="area"),
    path("areas/<uuid:uuid>/cerrar/", areas.close_area, name="area-close"),
    path("areas/<uuid:uuid>/abrir/", areas.reopen_area, name="area-reopen"),
    path("areas/<uuid:uuid>/equipos/", areas.add_team, name="team-add"),
    path("equipos/<uuid:uuid>/", areas.team, name="team"),
    path("equipos/<uuid:uuid>/cerrar/", areas.close_team, name="team-close"),
    path("equipos/<uuid:uuid>/abrir/", areas.reopen_team, name="team-reopen"),
    path("calendario/", calendar.show, name="calendar"),
    path("calendario/<str:day>/quitar/", calendar.withdraw, name="calendar-withdraw"),
    path("calendario/horario/", calendar.hours, name="calendar-hours"),
    path("calendario/region/", calendar.region, name="calendar-region"),
    path("plazos/", terms.show, name="terms"),
    path("plazos/<slug:key>/", terms.edit, name="term"),
    path("plazos/<slug:key>/confirmar/", terms.confirm, name="term-confirm"),
    path("plazos/<slug:key>/dejar/", terms.disable, name="term-disable"),
    path("papeles/", roles.show, name="roles"),
    path("papeles/nuevo/", roles.add, name="role-add"),
    path("papeles/<slug:key>/", roles.edit, name="role"),
    path("urgencia/", urgency.show, name="urgency"),
    path("catalogo/", catalogue.show, name="catalogue"),
    path("catalogo/nuevo/", catalogue.add_service, name="service-add"),
    path("catalogo/<slug:key>/", catalogue.service, name="service"),
    path("catalogo/<slug:key>/nuevo/", catalogue.add_type, name="type-add"),
    path("tipos/<slug:key>/", catalogue.type_, name="type"),
    path("tipos/<slug:key>/preguntas/", questions.edit, name="type-questions"),
    path("tipos/<slug:key>/<slug:way>/", catalogue.switch_type, name="type-switch"),
    path("reparto/", routing.show, name="routing"),
    path("reparto/nueva/", routing.add, name="routing-add"),
    path("reparto/<uuid:uuid>/", routing.edit, name="routing-edit"),
    path("reparto/<uuid:uuid>/mover/<slug:way>/", routing.move, name="routing-move"),
    path("reparto/<uuid:uuid>/poner/<slug:way>/", routing.switch, name="routing-switch"),
    path("reparto/<uuid:uuid>/quitar/", routing.remove, name="routing-remove"),
    path("reparto/<uuid:uuid>/recuperar/", routing.restore, name="routing-restore"),
]
