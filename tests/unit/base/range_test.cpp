#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <partwise/enum_words.hpp>
#include <partwise/range.hpp>

namespace partwise {

enum class Fruit { apple, pear, none };
template <>
struct EnumWords<Fruit> {
  static constexpr Word<Fruit> list[] = {{"apple", Fruit::apple}, {"pear", Fruit::pear}};
};

namespace {

TEST(Range, HoldsItsEndsUnlessTheyAreOpenAndNeverNan) {
  constexpr Range<Index> components{1, 4096};
  EXPECT_TRUE(components.contains(1) && components.contains(4096));
  EXPECT_FALSE(components.contains(0) || components.contains(4097));
  constexpr Range<double> half_open{0, 1, false, true};
  EXPECT_TRUE(half_open.contains(0) && half_open.contains(std::nextafter(1.0, 0.0)));
  EXPECT_FALSE(half_open.contains(1) || half_open.contains(-1e-300));
  EXPECT_FALSE(half_open.contains(std::nan("")));
  constexpr Range<double> above{0, 1e9, true};
  EXPECT_FALSE(above.contains(0));
  EXPECT_TRUE(above.contains(std::numeric_limits<double>::denorm_min()) && above.contains(1e9));
}

TEST(Range, IsPrintedAsAPersonWouldWriteIt) {
  EXPECT_EQ((Range<Index>{1, 4096}).text(), "1..4096");
  EXPECT_EQ((Range<Index>{0, 4'294'967'295}).text(), "0..4294967295");
  EXPECT_EQ((Range<Index>{1, 2}).text(), "1 or 2");
  EXPECT_EQ((Range<double>{-4, 4}).text(), "-4..4");
  EXPECT_EQ((Range<double>{0.1, 10}).text(), "0.1..10");
  EXPECT_EQ((Range<double>{0, 1e12}).text(), "0..1e12");
  EXPECT_EQ((Range<double>{1000, 1e6}).text(), "1000..1000000");
  EXPECT_EQ((Range<double>{0, 1, false, true}).text(), "0 or more, below 1");
  EXPECT_EQ((Range<double>{0, 1e9, true}).text(), "more than 0, at most 1e9");
}

TEST(EnumWords, GoFromValueToWordAndBack) {
  EXPECT_EQ(enum_word(Fruit::pear), "pear");
  EXPECT_EQ(enum_value<Fruit>("pear"), Fruit::pear);
  EXPECT_EQ(enum_value<Fruit>("Pear"), std::nullopt);
  EXPECT_EQ(enum_word(Fruit::none), "");
  EXPECT_EQ(kEnumWords<Fruit>[0], "apple");
}

}  // namespace
}  // namespace partwise
