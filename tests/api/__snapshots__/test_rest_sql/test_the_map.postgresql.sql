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
(SELECT "cases_case"."cell_7" AS "cell_7", COUNT("cases_case"."id") AS "pk__count", NULL AS "no_0", NULL AS "no_1", NULL AS "no_2", NULL AS "no_3",
          NULL AS "no_4", NULL AS "no_5"
   FROM "cases_case"
   WHERE ("cases_case"."department_id" IN (%s)
          AND (NOT "cases_case"."is_reserved"
               OR "cases_case"."department_id" IN (%s))
          AND "cases_case"."closed_at" IS NULL
          AND "cases_case"."cell_7" IS NOT NULL)
   GROUP BY %s)
UNION ALL
  (SELECT NULL AS "no_cell", NULL AS "no_count", "cases_case"."lon" AS "lon", "cases_case"."lat" AS "lat",
          "cases_case"."state" AS "state", "cases_case"."due_at" AS "due_at", "cases_case"."uuid" AS "uuid",
          "catalog_procedure"."name" AS "procedure__name"
   FROM "cases_case"
   INNER JOIN "catalog_procedure" ON ("cases_case"."procedure_id" = "catalog_procedure"."id")
   WHERE ("cases_case"."department_id" IN (%s)
          AND (NOT "cases_case"."is_reserved"
               OR "cases_case"."department_id" IN (%s))
          AND "cases_case"."closed_at" IS NULL
          AND "cases_case"."cell_7" IS NOT NULL
          AND NOT EXISTS
            (SELECT %s AS "a"
             FROM "cases_case" U0
             WHERE (U0."department_id" IN (%s)
                    AND (NOT U0."is_reserved"
                         OR U0."department_id" IN (%s))
                    AND U0."closed_at" IS NULL
                    AND U0."cell_7" IS NOT NULL)
             LIMIT %s
             OFFSET %s)
          AND "cases_case"."id" IN
            (SELECT U0."id" AS "pk"
             FROM "cases_case" U0
             WHERE (U0."department_id" IN (%s)
                    AND (NOT U0."is_reserved"
                         OR U0."department_id" IN (%s))
                    AND U0."closed_at" IS NULL
                    AND U0."cell_7" IS NOT NULL)
             LIMIT %s)
          AND "cases_case"."lat" BETWEEN %s AND %s
          AND "cases_case"."lon" BETWEEN %s AND %s))
