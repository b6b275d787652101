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
SELECT "cases_case"."order_at" AS "order_at", "cases_case"."id" AS "pk"
FROM "cases_case"
WHERE (NOT "cases_case"."is_reserved"
       AND "cases_case"."closed_at" IS NULL
       AND "cases_case"."is_urgent"
       AND "cases_case"."is_incomplete")
ORDER BY %s ASC, "cases_case"."id" ASC
LIMIT %s

-- 4
SELECT "cases_case"."id", "cases_case"."uuid", "cases_case"."reference", "cases_case"."procedure_id", "cases_case"."state",
       "cases_case"."department_id", "cases_case"."team_id", "cases_case"."assignee_id", "cases_case"."description",
       "cases_case"."place_label", "cases_case"."filed_at", "cases_case"."closed_at", "cases_case"."person_replied_at",
       "cases_case"."due_at", "cases_case"."paused_at", "cases_case"."paused", "cases_case"."urgency", "accounts_user"."id",
       "accounts_user"."name"
FROM "cases_case"
LEFT OUTER JOIN "accounts_user" ON ("cases_case"."assignee_id" = "accounts_user"."id")
WHERE "cases_case"."id" IN (%s)

-- 5
SELECT "cases_savedview"."id", "cases_savedview"."uuid", "cases_savedview"."user_id", "cases_savedview"."name",
       "cases_savedview"."query"
FROM "cases_savedview"
WHERE "cases_savedview"."user_id" = %s
ORDER BY "cases_savedview"."name" ASC

-- 6
SELECT
  (SELECT COUNT(*)
   FROM
     (SELECT "cases_case"."id" AS "pk"
      FROM "cases_case"
      WHERE (NOT "cases_case"."is_reserved"
             AND "cases_case"."closed_at" IS NULL)
      LIMIT %s) AS part),
  (SELECT COUNT(*)
   FROM
     (SELECT "cases_case"."id" AS "pk"
      FROM "cases_case"
      WHERE (NOT "cases_case"."is_reserved"
             AND "cases_case"."closed_at" IS NULL
             AND "cases_case"."assignee_id" = %s)
      LIMIT %s) AS part),
  (SELECT COUNT(*)
   FROM
     (SELECT "cases_case"."id" AS "pk"
      FROM "cases_case"
      WHERE (NOT "cases_case"."is_reserved"
             AND "cases_case"."closed_at" IS NULL
             AND "cases_case"."assignee_id" IS NULL)
      LIMIT %s) AS part),
  (SELECT COUNT(*)
   FROM
     (SELECT "cases_case"."id" AS "pk"
      FROM "cases_case"
      WHERE (NOT "cases_case"."is_reserved"
             AND "cases_case"."closed_at" IS NULL
             AND "cases_case"."due_at" >= %s
             AND "cases_case"."due_at" < %s)
      LIMIT %s) AS part),
  (SELECT COUNT(*)
   FROM
     (SELECT "cases_case"."id" AS "pk"
      FROM "cases_case"
      WHERE (NOT "cases_case"."is_reserved"
             AND "cases_case"."closed_at" IS NULL
             AND "cases_case"."due_at" < %s)
      LIMIT %s) AS part),
  (SELECT COUNT(*)
   FROM
     (SELECT "cases_case"."id" AS "pk"
      FROM "cases_case"
      WHERE (NOT "cases_case"."is_reserved"
             AND "cases_case"."closed_at" IS NULL
             AND "cases_case"."state" = %s)
      LIMIT %s) AS part),
  (SELECT COUNT(*)
   FROM
     (SELECT "cases_case"."id" AS "pk"
      FROM "cases_case"
      WHERE ("cases_case"."closed_at" IS NULL
             AND "cases_case"."assignee_id" = %s
             AND "cases_case"."due_at" < %s)
      LIMIT %s) AS part)
