-- What recuento-from-dialer may do: read three tables. Run it as the database's administrator, with a password of your own,
-- and without the lines of what you do not have.
CREATE USER 'recuento'@'127.0.0.1' IDENTIFIED BY 'CHANGE-ME';
-- Vicidial:
GRANT SELECT ON asterisk.vicidial_log TO 'recuento'@'127.0.0.1';
GRANT SELECT ON asterisk.vicidial_carrier_log TO 'recuento'@'127.0.0.1';
-- Asterisk, FreePBX, Issabel:
GRANT SELECT ON asteriskcdrdb.cdr TO 'recuento'@'127.0.0.1';
