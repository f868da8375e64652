-- Twice in a row and more are found by cases_by_dissatisfaction as fast (bench `cases`): one index less for every case to be looked at.
drop index cases_dissatisfied;
