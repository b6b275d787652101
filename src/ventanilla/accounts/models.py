"""Users who sign in at the desk, and the keys of machines."""

from __future__ import annotations

import hashlib

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ventanilla.accounts.enums import FactorKind
from ventanilla.lib import clock, ids


class UserQuerySet(models.QuerySet["User"]):
    def named_like(self, words: str) -> UserQuerySet:
        """Those with these words in their name or username."""
        return self.filter(models.Q(name__icontains=words) | models.Q(username__icontains=words))

    def with_factors(self) -> UserQuerySet:
        """Each with `has_app` and `key_count`: what they have for a second factor."""
        from allauth.mfa.models import Authenticator

        own = Authenticator.objects.filter(user_id=models.OuterRef("pk")).order_by()
        keys = own.filter(type=FactorKind.KEY).values("user_id").annotate(count=models.Count("pk")).values("count")
        return self.annotate(
            has_app=models.Exists(own.filter(type=FactorKind.APP)),
            key_count=Coalesce(models.Subquery(keys), 0),
        )


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def with_factors(self) -> UserQuerySet:
        return self.get_queryset().with_factors()

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username)

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        user = self.model(username=username.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A member of staff or a contractor. Persons don't need one: they prove a contact point."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    username = models.CharField(_("usuario"), max_length=150, unique=True)
    name = models.CharField(_("nombre"), max_length=150)
    email = models.EmailField(_("correo"), blank=True)
    phone = models.CharField(_("teléfono"), max_length=20, blank=True)
    is_active = models.BooleanField(_("activo"), default=True)
    needs_second_factor = models.BooleanField(_("pide segundo factor"), default=True)
    single_key_shortcuts = models.BooleanField(_("atajos de una tecla"), default=True)
    compact_lists = models.BooleanField(_("listas compactas"), default=False)
    language = models.CharField(_("idioma"), max_length=5, blank=True)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("persona que atiende")
        verbose_name_plural = _("personas que atienden")

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def short_name(self) -> str:
        """«Marta Q.»: what fits in a list."""
        first, _space, rest = self.name.partition(" ")
        return f"{first} {rest[0]}." if rest else first

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """As Django's, and one more thing that ends every session when it changes."""
        said = f"{self.password}:{self.session_epoch}"
        return salted_hmac("ventanilla.accounts.session", said, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.short_name


def key_digest(secret: str) -> str:
    """SHA-256 of an API key; keys are 256 random bits, so no stretching is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


class ApiKey(models.Model):
    """A machine's key: shown once, kept as a digest."""

    uuid = models.UUIDField(default=ids.uuid, unique=True, editable=False)
    name = models.CharField(_("nombre"), max_length=100)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="api_keys")
    per_minute = models.PositiveIntegerField(default=600)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("clave de programa")
        verbose_name_plural = _("claves de programa")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def is_live(self) -> bool:
        now = clock.now()
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


class SharedValue(models.Model):
    """What the processes of all machines must know of each other for minutes: failed tries, codes already used.

    The table of Django's database cache (`CACHES`); its keys hold digests and network addresses, so it is swept hourly.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_shared_value"

    def __str__(self) -> str:
        return self.cache_key
