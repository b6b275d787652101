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
SELECT "catalog_procedure"."id", "catalog_procedure"."uuid", "catalog_procedure"."key", "catalog_procedure"."service_id",
       "catalog_procedure"."name", "catalog_procedure"."description", "catalog_procedure"."words", "catalog_procedure"."kind",
       "catalog_procedure"."nature", "catalog_procedure"."place_need", "catalog_procedure"."form_id", "catalog_procedure"."process_key",
       "catalog_procedure"."department_id", "catalog_procedure"."team_id", "catalog_procedure"."target_quantity", "catalog_procedure"."target_unit",
       "catalog_procedure"."weight", "catalog_procedure"."is_emergency", "catalog_procedure"."emergency_phone",
       "catalog_procedure"."emergency_advice", "catalog_procedure"."is_public", "catalog_procedure"."at_dwelling", "catalog_procedure"."technical_only",
       "catalog_procedure"."needs_document", "catalog_procedure"."reopen_days", "catalog_procedure"."order", "catalog_procedure"."is_active",
       "catalog_service"."id", "catalog_service"."key", "catalog_service"."name", "catalog_service"."description",
       "catalog_service"."icon", "catalog_service"."order", "catalog_service"."is_active", "forms_formversion"."id",
       "forms_formversion"."key", "forms_formversion"."version", "forms_formversion"."schema", "forms_formversion"."layout",
       "forms_formversion"."digest", "forms_formversion"."published_at", "forms_formversion"."published_by", "organization_department"."id",
       "organization_department"."uuid", "organization_department"."key", "organization_department"."name", "organization_department"."phone",
       "organization_department"."email", "organization_department"."is_active", "organization_team"."id", "organization_team"."uuid",
       "organization_team"."department_id", "organization_team"."key", "organization_team"."name", "organization_team"."is_contractor",
       "organization_team"."is_active"
FROM "catalog_procedure"
INNER JOIN "catalog_service" ON ("catalog_procedure"."service_id" = "catalog_service"."id")
LEFT OUTER JOIN "forms_formversion" ON ("catalog_procedure"."form_id" = "forms_formversion"."id")
INNER JOIN "organization_department" ON ("catalog_procedure"."department_id" = "organization_department"."id")
LEFT OUTER JOIN "organization_team" ON ("catalog_procedure"."team_id" = "organization_team"."id")
WHERE "catalog_procedure"."key" = %s
LIMIT %s

-- 4
SELECT "catalog_procedure"."id", "catalog_procedure"."uuid", "catalog_procedure"."key", "catalog_procedure"."service_id",
       "catalog_procedure"."name", "catalog_procedure"."description", "catalog_procedure"."words", "catalog_procedure"."kind",
       "catalog_procedure"."nature", "catalog_procedure"."place_need", "catalog_procedure"."form_id", "catalog_procedure"."process_key",
       "catalog_procedure"."department_id", "catalog_procedure"."team_id", "catalog_procedure"."target_quantity", "catalog_procedure"."target_unit",
       "catalog_procedure"."weight", "catalog_procedure"."is_emergency", "catalog_procedure"."emergency_phone",
       "catalog_procedure"."emergency_advice", "catalog_procedure"."is_public", "catalog_procedure"."at_dwelling", "catalog_procedure"."technical_only",
       "catalog_procedure"."needs_document", "catalog_procedure"."reopen_days", "catalog_procedure"."order", "catalog_procedure"."is_active",
       "catalog_service"."id", "catalog_service"."key", "catalog_service"."name", "catalog_service"."description",
       "catalog_service"."icon", "catalog_service"."order", "catalog_service"."is_active", "forms_formversion"."id",
       "forms_formversion"."key", "forms_formversion"."version", "forms_formversion"."schema", "forms_formversion"."layout",
       "forms_formversion"."digest", "forms_formversion"."published_at", "forms_formversion"."published_by", "organization_department"."id",
       "organization_department"."uuid", "organization_department"."key", "organization_department"."name", "organization_department"."phone",
       "organization_department"."email", "organization_department"."is_active", "organization_team"."id", "organization_team"."uuid",
       "organization_team"."department_id", "organization_team"."key", "organization_team"."name", "organization_team"."is_contractor",
       "organization_team"."is_active"
FROM "catalog_procedure"
INNER JOIN "catalog_service" ON ("catalog_procedure"."service_id" = "catalog_service"."id")
LEFT OUTER JOIN "forms_formversion" ON ("catalog_procedure"."form_id" = "forms_formversion"."id")
INNER JOIN "organization_department" ON ("catalog_procedure"."department_id" = "organization_department"."id")
LEFT OUTER JOIN "organization_team" ON ("catalog_procedure"."team_id" = "organization_team"."id")
WHERE "catalog_procedure"."key" = %s
LIMIT %s

-- 5
SELECT "organization_department"."id", "organization_department"."uuid", "organization_department"."key", "organization_department"."name",
       "organization_department"."phone", "organization_department"."email", "organization_department"."is_active"
FROM "organization_department"
WHERE "organization_department"."is_active"
ORDER BY "organization_department"."name" ASC

-- 6
SELECT "organization_team"."id", "organization_team"."uuid", "organization_team"."department_id", "organization_team"."key",
       "organization_team"."name", "organization_team"."is_contractor", "organization_team"."is_active"
FROM "organization_team"
WHERE "organization_team"."is_active"
ORDER BY "organization_team"."name" ASC

-- 7
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

-- 8
SELECT "workflow_processdefinition"."key" AS "key", "workflow_processdefinition"."name" AS "name"
FROM "workflow_processdefinition"
WHERE "workflow_processdefinition"."is_current"
ORDER BY %s ASC
