"""Addresses of the portal."""

from django.urls import path

from ventanilla.portal.report import views as report
from ventanilla.portal.views import files, home, notices, public, receipts, session, tracking

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("buscar/", home.search, name="search"),
    path("reportar/", report.choose, name="report"),
    path("reportar/opciones/", report.options, name="report-options"),
    path("reportar/lugares/", report.places, name="report-places"),
    path("reportar/punto/", report.point, name="report-point"),
    path("reportar/guardado/", report.saved, name="report-saved"),
    path("reportar/borrar/<uuid:uuid>/", report.forget, name="report-forget"),
    path("reportar/<slug:key>/", report.begin, name="report-begin"),
    path("reportar/<slug:key>/<slug:name>/", report.step, name="report-step"),
    path("caso/", tracking.find, name="find"),
    path("caso/<uuid:uuid>/", tracking.case, name="case"),
    path("caso/<uuid:uuid>/mensaje/", tracking.say, name="say"),
    path("caso/<uuid:uuid>/retirar/", tracking.withdraw, name="withdraw"),
    path("caso/<uuid:uuid>/reabrir/", tracking.reopen, name="reopen"),
    path("caso/<uuid:uuid>/opinion/", tracking.survey, name="survey"),
    path("caso/<uuid:uuid>/constancia/", receipts.receipt, name="receipt"),
    path("caso/<uuid:uuid>/constancia/documento/", receipts.document, name="receipt-document"),
    path("caso/<uuid:uuid>/constancia.pdf", receipts.file, name="receipt-file"),
    path("lo-mio/", tracking.mine, name="mine"),
    path("mapa/", public.town, name="town"),
    path("mapa/puntos.json", public.points, name="points"),
    path("mapa/ciudad.json", public.town_map, name="town-map"),
    path("reporte/<uuid:uuid>/", public.report, name="public-case"),
    path("reporte/<uuid:uuid>/a-mi-tambien/", report.me_too, name="me-too"),
    path("reporte/<uuid:uuid>/dejar/", session.stop_following, name="stop-following"),
    path("comprobar/", public.verify, name="verify"),
    path("comprobar/<str:reference>/<str:code>/", public.verify_link, name="verify-link"),
    path("entrar/", session.sign_in, name="sign-in"),
    path("entrar/seguir/<uuid:follow_uuid>/", session.sign_in, name="sign-in-to-follow"),
    path("entrar/codigo/", session.sign_in_code, name="sign-in-code"),
    path("salir/", session.sign_out, name="sign-out"),
    path("archivo/<uuid:uuid>/", files.whole, name="file"),
    path("archivo/<uuid:uuid>/muestra/", files.thumbnail, name="thumbnail"),
    path("avisos/<str:token>/", notices.notices, name="notices"),
    path("en-cuanto-respondemos/", home.numbers_page, name="numbers"),
    path("idioma/", home.language, name="language"),
    path("accesibilidad/", home.accessibility, name="accessibility"),
    path("datos-personales/", home.privacy, name="privacy"),
]
