-- 1
SELECT "accounts_user"."id", "accounts_user"."password", "accounts_user"."last_login", "accounts_user"."uuid",
       "accounts_user"."username", "accounts_user"."name", "accounts_user"."email", "accounts_user"."phone", "accounts_user"."is_active",
       "accounts_user"."needs_second_factor", "accounts_user"."single_key_shortcuts", "accounts_user"."compact_lists", "accounts_user"."language",
       "accounts_user"."session_epoch", "accounts_user"."created_at"
FROM "accounts_user"
WHERE "accounts_user"."id" = %s
LIMIT %s

-- 2
SELECT "organization_membership"."id", "organization_membership"."user_id", "organization_membership"."role_id",
       "organization_membership"."department_id", "organization_membership"."team_id", "organization_role"."id", "organization_role"."key",
       "organization_role"."name", "organization_role"."reach", "organization_role"."permissions", "organization_team"."id",
       "organization_team"."uuid", "organization_team"."department_id", "organization_team"."key", "organization_team"."name",
       "organization_team"."is_contractor", "organization_team"."is_active"
FROM "organization_membership"
INNER JOIN "organization_role" ON ("organization_membership"."role_id" = "organization_role"."id")
LEFT OUTER JOIN "organization_team" ON ("organization_membership"."team_id" = "organization_team"."id")
WHERE "organization_membership"."user_id" = %s

-- 3
SELECT "calendars_termrule"."id", "calendars_termrule"."key", "calendars_termrule"."country", "calendars_termrule"."rank",
       "calendars_termrule"."act", "calendars_termrule"."natures", "calendars_termrule"."scope", "calendars_termrule"."needs_identified",
       "calendars_termrule"."quantity", "calendars_termrule"."unit", "calendars_termrule"."extension_quantity",
       "calendars_termrule"."extension_unit", "calendars_termrule"."cure_quantity", "calendars_termrule"."cure_unit",
       "calendars_termrule"."start_event", "calendars_termrule"."suspensions", "calendars_termrule"."silence",
       "calendars_termrule"."silence_exceptions", "calendars_termrule"."urgency_article", "calendars_termrule"."law", "calendars_termrule"."article",
       "calendars_termrule"."url", "calendars_termrule"."says", "calendars_termrule"."caveat", "calendars_termrule"."source",
       "calendars_termrule"."verified_on", "calendars_termrule"."enabled", "calendars_termrule"."confirmed_by_id",
       "calendars_termrule"."confirmed_at"
FROM "calendars_termrule"
WHERE "calendars_termrule"."country" = %s
ORDER BY "calendars_termrule"."rank" ASC
