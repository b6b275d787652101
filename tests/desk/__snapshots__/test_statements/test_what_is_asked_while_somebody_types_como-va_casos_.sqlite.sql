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
SELECT rowid
FROM search_fts
WHERE search_fts MATCH %s
ORDER BY rowid DESC
LIMIT %s

-- 4
SELECT d.*
FROM
  (SELECT rowid, bm25(search_fts, %s, …) AS score
   FROM search_fts
   WHERE search_fts MATCH %s) hit
JOIN search_searchdocument d ON d.id = hit.rowid
WHERE %s = %s
  AND d.kind IN (%s)
  AND NOT d.is_reserved
ORDER BY hit.score, d.id DESC
LIMIT %s
OFFSET %s

-- 5
SELECT "cases_case"."id", "cases_case"."uuid", "cases_case"."reference", "cases_case"."procedure_id", "cases_case"."state",
       "cases_case"."department_id", "cases_case"."team_id", "cases_case"."assignee_id", "cases_case"."description",
       "cases_case"."place_label", "cases_case"."filed_at", "cases_case"."closed_at", "cases_case"."person_replied_at",
       "cases_case"."due_at", "cases_case"."paused_at", "cases_case"."paused", "cases_case"."urgency", "accounts_user"."id",
       "accounts_user"."name"
FROM "cases_case"
LEFT OUTER JOIN "accounts_user" ON ("cases_case"."assignee_id" = "accounts_user"."id")
WHERE (NOT "cases_case"."is_reserved"
       AND "cases_case"."uuid" IN (%s, …))

-- 6
SELECT rowid
FROM search_fts
WHERE search_fts MATCH %s
ORDER BY rowid DESC
LIMIT %s

-- 7
SELECT "search_searchdocument"."id" AS "pk", "search_searchdocument"."kind" AS "kind", "search_searchdocument"."uuid" AS "uuid",
       "search_searchdocument"."title" AS "title", "search_searchdocument"."snippet" AS "snippet", "search_searchdocument"."at" AS "at",
       "search_searchdocument"."department_id" AS "department_id", "search_searchdocument"."is_public" AS "is_public",
       "search_searchdocument"."is_reserved" AS "is_reserved"
FROM "search_searchdocument"
WHERE "search_searchdocument"."id" IN (%s)

-- 8
SELECT "people_person"."id", "people_person"."uuid", "people_person"."given_names", "people_person"."first_surname",
       "people_person"."second_surname", "people_person"."folded", "people_person"."is_protected", "people_person"."canonical_id",
       "people_person"."language", "people_person"."residence", "people_person"."created_at", "people_person"."erased_at"
FROM "people_person"
WHERE ("people_person"."canonical_id" IS NULL
       AND "people_person"."erased_at" IS NULL
       AND NOT "people_person"."is_protected"
       AND "people_person"."uuid" IN (%s))

-- 9
SELECT "people_contactpoint"."id", "people_contactpoint"."uuid", "people_contactpoint"."person_id", "people_contactpoint"."kind",
       "people_contactpoint"."value", "people_contactpoint"."verified_at", "people_contactpoint"."is_preferred"
FROM "people_contactpoint"
WHERE "people_contactpoint"."person_id" IN (%s)

-- 10
SELECT "people_identitydocument"."id", "people_identitydocument"."person_id", "people_identitydocument"."kind",
       "people_identitydocument"."number"
FROM "people_identitydocument"
WHERE "people_identitydocument"."person_id" IN (%s)

-- 11
SELECT "cases_case"."id", "cases_case"."uuid", "cases_case"."reference", "cases_case"."procedure_id", "cases_case"."kind",
       "cases_case"."nature", "cases_case"."state", "cases_case"."channel", "cases_case"."identity", "cases_case"."process_id",
       "cases_case"."applicant_id", "cases_case"."affected_id", "cases_case"."filed_by_id", "cases_case"."department_id",
       "cases_case"."team_id", "cases_case"."assignee_id", "cases_case"."routing", "cases_case"."description", "cases_case"."answers",
       "cases_case"."form_version", "cases_case"."mood", "cases_case"."is_incomplete", "cases_case"."place", "cases_case"."corrected_place",
       "cases_case"."place_label", "cases_case"."lon", "cases_case"."lat", "cases_case"."cell_7", "cases_case"."cell_9",
       "cases_case"."cell_11", "cases_case"."district_id", "cases_case"."neighborhood_id", "cases_case"."filed_at",
       "cases_case"."taken_at", "cases_case"."answered_at", "cases_case"."closed_at", "cases_case"."updated_at",
       "cases_case"."person_replied_at", "cases_case"."response_due_at", "cases_case"."target_due_at", "cases_case"."due_at",
       "cases_case"."paused_at", "cases_case"."paused", "cases_case"."escalation", "cases_case"."is_urgent", "cases_case"."order_at",
       "cases_case"."urgency", "cases_case"."is_public", "cases_case"."is_reserved", "cases_case"."follower_count",
       "cases_case"."reopenings", "cases_case"."outcome", "cases_case"."follow_code", "cases_case"."salt", "cases_case"."idempotency_key",
       "cases_case"."external", "cases_case"."source", "cases_case"."source_key", "cases_case"."version", "cases_case"."search_due_at",
       "people_person"."id", "people_person"."uuid", "people_person"."given_names", "people_person"."first_surname",
       "people_person"."second_surname", "people_person"."folded", "people_person"."is_protected", "people_person"."canonical_id",
       "people_person"."language", "people_person"."residence", "people_person"."created_at", "people_person"."erased_at",
       "accounts_user"."id", "accounts_user"."password", "accounts_user"."last_login", "accounts_user"."uuid",
       "accounts_user"."username", "accounts_user"."name", "accounts_user"."email", "accounts_user"."phone", "accounts_user"."is_active",
       "accounts_user"."needs_second_factor", "accounts_user"."single_key_shortcuts", "accounts_user"."compact_lists", "accounts_user"."language",
       "accounts_user"."session_epoch", "accounts_user"."created_at"
FROM "cases_case"
LEFT OUTER JOIN "people_person" ON ("cases_case"."applicant_id" = "people_person"."id")
LEFT OUTER JOIN "accounts_user" ON ("cases_case"."assignee_id" = "accounts_user"."id")
WHERE (NOT "cases_case"."is_reserved"
       AND "cases_case"."id" IN
         (SELECT U0."id" AS "pk"
          FROM "cases_case" U0
          WHERE U0."applicant_id" IN (%s)
          UNION ALL SELECT U0."id" AS "pk"
          FROM "cases_case" U0
          WHERE U0."affected_id" IN (%s)
          UNION ALL SELECT V0."id" AS "pk"
          FROM "cases_case" V0
          INNER JOIN "cases_follower" V1 ON (V0."id" = V1."case_id")
          WHERE V1."id" IN
              (SELECT U0."id"
               FROM "cases_follower" U0
               LEFT OUTER JOIN "cases_relatedcase" U2 ON (U0."via_id" = U2."id")
               LEFT OUTER JOIN "cases_case" U3 ON (U2."case_id" = U3."id")
               WHERE (U0."person_id" IN (%s)
                      AND NOT (U3."identity" = %s
                               AND U3."identity" IS NOT NULL))))
       AND NOT ("cases_case"."identity" = %s))
ORDER BY "cases_case"."filed_at" DESC
LIMIT %s
