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
SELECT "catalog_routingrule"."id", "catalog_routingrule"."uuid", "catalog_routingrule"."order", "catalog_routingrule"."name",
       "catalog_routingrule"."condition", "catalog_routingrule"."department_id", "catalog_routingrule"."team_id",
       "catalog_routingrule"."assignee_id", "catalog_routingrule"."is_active", "catalog_routingrule"."removed_at", "organization_department"."id",
       "organization_department"."uuid", "organization_department"."key", "organization_department"."name", "organization_department"."phone",
       "organization_department"."email", "organization_department"."is_active", "organization_team"."id", "organization_team"."uuid",
       "organization_team"."department_id", "organization_team"."key", "organization_team"."name", "organization_team"."is_contractor",
       "organization_team"."is_active", "accounts_user"."id", "accounts_user"."password", "accounts_user"."last_login", "accounts_user"."uuid",
       "accounts_user"."username", "accounts_user"."name", "accounts_user"."email", "accounts_user"."phone", "accounts_user"."is_active",
       "accounts_user"."needs_second_factor", "accounts_user"."single_key_shortcuts", "accounts_user"."compact_lists", "accounts_user"."language",
       "accounts_user"."session_epoch", "accounts_user"."created_at"
FROM "catalog_routingrule"
INNER JOIN "organization_department" ON ("catalog_routingrule"."department_id" = "organization_department"."id")
LEFT OUTER JOIN "organization_team" ON ("catalog_routingrule"."team_id" = "organization_team"."id")
LEFT OUTER JOIN "accounts_user" ON ("catalog_routingrule"."assignee_id" = "accounts_user"."id")
WHERE ("catalog_routingrule"."removed_at" IS NULL
       AND "catalog_routingrule"."uuid" = %s)
ORDER BY "catalog_routingrule"."order" ASC
LIMIT %s

-- 4
SELECT "organization_department"."id", "organization_department"."uuid", "organization_department"."key", "organization_department"."name",
       "organization_department"."phone", "organization_department"."email", "organization_department"."is_active"
FROM "organization_department"
WHERE "organization_department"."is_active"
ORDER BY "organization_department"."name" ASC

-- 5
SELECT "organization_team"."id", "organization_team"."uuid", "organization_team"."department_id", "organization_team"."key",
       "organization_team"."name", "organization_team"."is_contractor", "organization_team"."is_active"
FROM "organization_team"
WHERE "organization_team"."is_active"
ORDER BY "organization_team"."name" ASC

-- 6
SELECT "organization_membership"."id", "organization_membership"."user_id", "organization_membership"."role_id",
       "organization_membership"."department_id", "organization_membership"."team_id", "accounts_user"."id", "accounts_user"."password",
       "accounts_user"."last_login", "accounts_user"."uuid", "accounts_user"."username", "accounts_user"."name", "accounts_user"."email",
       "accounts_user"."phone", "accounts_user"."is_active", "accounts_user"."needs_second_factor",
       "accounts_user"."single_key_shortcuts", "accounts_user"."compact_lists", "accounts_user"."language", "accounts_user"."session_epoch",
       "accounts_user"."created_at", "organization_team"."id", "organization_team"."uuid", "organization_team"."department_id",
       "organization_team"."key", "organization_team"."name", "organization_team"."is_contractor", "organization_team"."is_active"
FROM "organization_membership"
INNER JOIN "accounts_user" ON ("organization_membership"."user_id" = "accounts_user"."id")
LEFT OUTER JOIN "organization_team" ON ("organization_membership"."team_id" = "organization_team"."id")
WHERE ("accounts_user"."is_active"
       AND NOT ("organization_membership"."department_id" IS NULL))
ORDER BY "accounts_user"."name" ASC

-- 7
SELECT "places_zone"."kind" AS "kind", "places_zone"."key" AS "key", "places_zone"."word" AS "word", "places_zone"."name" AS "name",
       T2."key" AS "parent__key"
FROM "places_zone"
LEFT OUTER JOIN "places_zone" T2 ON ("places_zone"."parent_id" = T2."id")
WHERE "places_zone"."kind" IN (%s, …)
ORDER BY %s ASC
