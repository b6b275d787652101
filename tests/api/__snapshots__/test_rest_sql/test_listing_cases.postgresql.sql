-- 1
SELECT "organization_membership"."id", "organization_membership"."user_id", "organization_membership"."role_id",
       "organization_membership"."department_id", "organization_membership"."team_id", "organization_role"."id", "organization_role"."key",
       "organization_role"."name", "organization_role"."reach", "organization_role"."permissions", "organization_team"."id",
       "organization_team"."uuid", "organization_team"."department_id", "organization_team"."key", "organization_team"."name",
       "organization_team"."is_contractor", "organization_team"."is_active"
FROM "organization_membership"
INNER JOIN "organization_role" ON ("organization_membership"."role_id" = "organization_role"."id")
LEFT OUTER JOIN "organization_team" ON ("organization_membership"."team_id" = "organization_team"."id")
WHERE "organization_membership"."user_id" = %s

-- 2
SELECT "cases_case"."id" AS "pk"
FROM "cases_case"
INNER JOIN "organization_department" ON ("cases_case"."department_id" = "organization_department"."id")
WHERE ("cases_case"."department_id" IN (%s)
       AND (NOT "cases_case"."is_reserved"
            OR "cases_case"."department_id" IN (%s))
       AND "cases_case"."closed_at" IS NULL
       AND "cases_case"."state" = %s
       AND "organization_department"."key" = %s
       AND "cases_case"."assignee_id" IS NULL
       AND "cases_case"."order_at" >= %s
       AND NOT ("cases_case"."order_at" = %s
                AND "cases_case"."id" <=
                  (SELECT U0."id" AS "pk"
                   FROM "cases_case" U0
                   WHERE U0."uuid" = %s)))
ORDER BY "cases_case"."order_at" ASC, "cases_case"."id" ASC
LIMIT %s

-- 3
SELECT "cases_case"."id", "cases_case"."uuid", "cases_case"."reference", "cases_case"."procedure_id", "cases_case"."kind",
       "cases_case"."state", "cases_case"."channel", "cases_case"."department_id", "cases_case"."team_id", "cases_case"."assignee_id",
       "cases_case"."is_incomplete", "cases_case"."place_label", "cases_case"."lon", "cases_case"."lat", "cases_case"."district_id",
       "cases_case"."neighborhood_id", "cases_case"."filed_at", "cases_case"."closed_at", "cases_case"."updated_at", "cases_case"."due_at",
       "cases_case"."is_urgent", "cases_case"."order_at", "cases_case"."is_reserved", "cases_case"."follower_count", "accounts_user"."id",
       "accounts_user"."username", "accounts_user"."name"
FROM "cases_case"
LEFT OUTER JOIN "accounts_user" ON ("cases_case"."assignee_id" = "accounts_user"."id")
WHERE "cases_case"."id" IN (%s)
