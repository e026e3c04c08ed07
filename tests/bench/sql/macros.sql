-- What stands for nothing in a cell, whatever its case and the blanks around it. Nothing so short is a sentence.
create macro is_placeholder(word) as strlen(word) < 24 and regexp_full_match(word, '(?i)\s*(' ||
  '|-|--|---|–|—|——|/|\\|\?|\?\?|\?\?\?|\.|\.\.\.|n/a|#n/a|na|n\.a\.|n\.a|n/a\.|nan|null|\(null\)|none|\(none\)|nil|undefined' ||
  '|--none--|-none-|\(no value\)|no value|\(blank\)|blank|select|select\.\.\.|--select--|unknown|tbd|tba|tbc|not set' ||
  '|not available|无|暂无|待定|未知|空|\(空\)|\(空白\)|未填写|未填|待补充|不详|请选择|没有|1900-01-01' || ')\s*');

-- The name of a company without its legal form, blanks and punctuation.
create macro plain_name(name) as regexp_replace(
  regexp_replace(lower(name), '[ .,]+(ltd|limited|inc|llc|corp|gmbh|co)[ .,]*$', ''), '[^\p{L}\p{N}]+', '', 'g');

-- The month and the quarter of a day, as the report names them.
create macro month_of(day) as strftime(day, '%Y-%m');
create macro quarter_of(day) as year(day) || '-Q' || quarter(day);

-- An amount with no more than two digits that are not zeros.
create macro is_round(amount) as
  abs(amount / 10 ** (floor(log10(amount) + 1e-9) - 1) - round(amount / 10 ** (floor(log10(amount) + 1e-9) - 1))) < 1e-9;
