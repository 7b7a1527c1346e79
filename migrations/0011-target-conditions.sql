-- When a clock starts, pauses, resumes, stops, ends and starts anew; null: as its kind always does (server/service-levels/rules/clock-conditions.ts).
alter table commitment_terms add column conditions jsonb;
