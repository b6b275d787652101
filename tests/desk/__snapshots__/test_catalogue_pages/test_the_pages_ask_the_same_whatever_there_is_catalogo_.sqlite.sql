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
SELECT "catalog_service"."id", "catalog_service"."key", "catalog_service"."name", "catalog_service"."description",
       "catalog_service"."icon", "catalog_service"."order", "catalog_service"."is_active",
       COUNT("catalog_procedure"."id") FILTER (
                                               WHERE "catalog_procedure"."is_active") AS "used", COUNT("catalog_procedure"."id") AS "all"
FROM "catalog_service"
LEFT OUTER JOIN "catalog_procedure" ON ("catalog_service"."id" = "catalog_procedure"."service_id")
GROUP BY "catalog_service"."id", "catalog_service"."key", "catalog_service"."name", "catalog_service"."description",
         "catalog_service"."icon", "catalog_service"."order", "catalog_service"."is_active"
ORDER BY "catalog_service"."is_active" DESC, "catalog_service"."order" ASC, "catalog_service"."name" ASC
