#include <gtest/gtest.h>

#include <formats/csv_table.hpp>
#include <support/expect_error.hpp>

namespace partwise {
namespace {

using test::throws_error;

TEST(CsvTable, FieldsAreReadByTheNamesOfTheirColumns) {
  const CsvTable table("a.csv",
                       "\xEF\xBB\xBFonset, class\r\n\r\n0.5,\"kick, \"\"low\"\"\"\n1e1 ,hat");
  ASSERT_EQ(table.num_rows(), 2);
  EXPECT_EQ(table.number(0, 0), 0.5);
  EXPECT_EQ(table.text(0, 1), "kick, \"low\"");
  EXPECT_EQ(table.number(1, 0), 10);
  EXPECT_EQ(table.column({"part", "class"}), 1);
  EXPECT_FALSE(table.column({"part"}));
  EXPECT_EQ(CsvTable("a.csv", "a,b\n1").text(0, 1), "");
}

TEST(CsvTable, WhatIsWrongIsSaidWithItsLine) {
  EXPECT_TRUE(throws_error([] { (void)CsvTable("a.csv", "t\n\n\"1"); }, ErrorCode::malformed,
                           "a.csv: line 3: a quote is not closed"));
  for (const std::string value : {"1,5x", "nan", "inf", "", "one"}) {
    const CsvTable table("a.csv", "t\n\"" + value + "\",\n");
    EXPECT_TRUE(throws_error([&] { (void)table.number(0, 0); }, ErrorCode::malformed,
                             "a.csv: line 2: t = '" + value + "', expected a number"))
        << value;
  }
  EXPECT_TRUE(throws_error([] { (void)CsvTable("a.csv", "x,y\n").required_column({"t"}); },
                           ErrorCode::malformed, "no column t, the first line names 'x', 'y'"));
  EXPECT_TRUE(throws_error([] { (void)CsvTable("a.csv", "").required_column({"t"}); },
                           ErrorCode::malformed, "names none"));
  EXPECT_TRUE(throws_error([] { (void)CsvTable("/nonexistent.csv"); }, ErrorCode::cannot_read,
                           "/nonexistent.csv"));
}

}  // namespace
}  // namespace partwise
