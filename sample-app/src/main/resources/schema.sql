create table customer (
	id bigint primary key,
	name varchar(80) not null,
	region varchar(20) not null
);

create table product (
	id bigint primary key,
	name varchar(80) not null,
	category varchar(20) not null,
	unit_price decimal(10, 2) not null,
	in_stock int not null
);

create table customer_order (
	id bigint primary key,
	customer_id bigint not null references customer,
	ordered_on date not null,
	status varchar(10) not null,
	total decimal(12, 2) not null
);

create index customer_order_by_day on customer_order (ordered_on);

create table order_line (
	order_id bigint not null references customer_order,
	line_no int not null,
	product_id bigint not null references product,
	quantity int not null,
	unit_price decimal(10, 2) not null,
	primary key (order_id, line_no)
);

-- An archived order keeps its row, but its lines are only in the event log of its segment.
create table archive_segment (
	first_order bigint primary key,
	last_order bigint not null,
	events varchar not null
);

create table stock_movement (
	id bigint generated always as identity primary key,
	product_id bigint not null references product,
	quantity int not null
);
