#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <formats/npy_header.hpp>
#include <fstream>
#include <partwise/audio_file.hpp>
#include <partwise/npz.hpp>
#include <support/expect_error.hpp>
#include <support/memory_stream.hpp>
#include <support/reference.hpp>

namespace partwise {
namespace {

using test::Bytes;
using test::throws_error;

Bytes written(const std::vector<NpzArray>& arrays) {
  test::MemorySink sink;
  write_npz(arrays, sink);
  EXPECT_FALSE(sink.finished());
  return sink.bytes();
}

std::vector<NpzArray> read(const Bytes& bytes, const std::vector<std::string>& only = {},
                           std::uint64_t max_bytes = 1 << 20) {
  test::MemorySource source(bytes, "test.npz");
  return read_npz(source, only, max_bytes);
}

::testing::AssertionResult is_malformed(const Bytes& bytes, const std::string& words,
                                        const std::vector<std::string>& only = {}) {
  return throws_error([&] { (void)read(bytes, only); }, ErrorCode::malformed, words);
}

std::vector<NpzArray> examples() {
  return {{"W", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6}},
          {"objective", {2}, std::vector<double>{0.1, -1e300}},
          {"n_fft", {}, std::vector<std::int64_t>{2048}},
          {"small", {1, 1, 2}, std::vector<std::int32_t>{-1, 7}},
          {"nothing", {0, 5}, std::vector<float>{}}};
}

void expect_same(const NpzArray& a, const NpzArray& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.shape, b.shape);
  EXPECT_EQ(a.values, b.values) << a.name;
}

TEST(Npz, WhatIsWrittenReadsBack) {
  const auto arrays = examples();
  const auto back = read(written(arrays));
  ASSERT_EQ(back.size(), arrays.size());
  for (std::size_t i = 0; i < arrays.size(); ++i) expect_same(back[i], arrays[i]);
}

TEST(Npz, TheSameArraysGiveTheSameBytes) { EXPECT_EQ(written(examples()), written(examples())); }

TEST(Npz, OnlyTheNamedOnesAreReadInTheOrderOfTheNames) {
  const auto back = read(written(examples()), {"n_fft", "W"});
  ASSERT_EQ(back.size(), 2U);
  expect_same(back[0], examples()[2]);
  expect_same(back[1], examples()[0]);
  EXPECT_TRUE(is_malformed(written(examples()), "no array named 'H'", {"H"}));
}

TEST(Npz, ReadsWhatNumpySaved) {
  for (const char* file : {"npz_stored.npz", "npz_deflated.npz"}) {
    const auto source = open_file(test::data_path(file));
    const std::vector<std::string> names = {"float32", "float64", "int32",  "int64",
                                            "scalar",  "empty",   "fortran"};
    const auto arrays = read_npz(*source, names);
    const auto& f4 = std::get<std::vector<float>>(arrays[0].values);
    EXPECT_EQ(arrays[0].shape, (std::vector<Index>{3, 4}));
    for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(f4[i], static_cast<float>(i) / 8);
    EXPECT_EQ(std::get<std::vector<double>>(arrays[1].values), (std::vector<double>{0.1, -2.5}));
    EXPECT_EQ(std::get<std::vector<std::int32_t>>(arrays[2].values),
              (std::vector<std::int32_t>{-1, 2}));
    EXPECT_EQ(std::get<std::vector<std::int64_t>>(arrays[3].values),
              (std::vector<std::int64_t>{std::int64_t{1} << 40}));
    EXPECT_TRUE(arrays[4].shape.empty());
    EXPECT_EQ(std::get<std::vector<double>>(arrays[4].values), std::vector<double>{44100});
    EXPECT_EQ(arrays[5].shape, (std::vector<Index>{0, 7}));
    // [2 x 3 x 4] in Fortran order comes back in C order: 0, 1, 2, ...
    EXPECT_EQ(arrays[6].shape, (std::vector<Index>{2, 3, 4}));
    const auto& fortran = std::get<std::vector<float>>(arrays[6].values);
    for (std::size_t i = 0; i < 24; ++i) EXPECT_EQ(fortran[i], static_cast<float>(i));
  }
}

TEST(Npz, ObjectsAndOtherTypesAreRefusedButNotLookedAtUnlessNamed) {
  const auto source = open_file(test::data_path("npz_refused.npz"));
  for (const char* name : {"object", "complex", "bytes", "big_endian", "structured", "half"}) {
    EXPECT_TRUE(throws_error([&] { (void)read_npz(*source, {name}); }, ErrorCode::malformed,
                             "expected <f4, <f8, <i4 or <i8"))
        << name;
  }
  EXPECT_EQ(read_npz(*source, {"sound"}).size(), 1U);
  EXPECT_TRUE(throws_error([&] { (void)read_npz(*source, {"long_header"}); }, ErrorCode::malformed,
                           "expected at most 4096"));
}

TEST(Npz, ReadsZip64) {
  const auto source = open_file(test::data_path("npz_zip64.npz"));
  EXPECT_EQ(std::get<std::vector<float>>(read_npz(*source)[0].values),
            (std::vector<float>{1, 2, 3}));
}

TEST(Npz, NumpyReadsWhatWeWrite) {
  if (std::system("/usr/bin/python3 -c 'import numpy' 2>/dev/null") != 0) {
    GTEST_SKIP() << "no numpy";
  }
  const std::string path = testing::TempDir() + "partwise-ours.npz";
  const Bytes bytes = written(examples());
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  const std::string script =
      "import numpy as n, zipfile; z = n.load('" + path +
      "', allow_pickle=False);"
      "assert zipfile.ZipFile('" +
      path +
      "').testzip() is None;"
      "assert z['W'].dtype == n.float32 and (z['W'] == [[1, 2, 3], [4, 5, 6]]).all();"
      "assert z['W'].flags.c_contiguous;"
      "assert (z['objective'] == [0.1, -1e300]).all() and z['n_fft'].shape == ();"
      "assert z['n_fft'] == 2048 and z['small'].shape == (1, 1, 2) and z['nothing'].shape == (0, "
      "5)";
  EXPECT_EQ(std::system(("/usr/bin/python3 -c \"" + script + "\"").c_str()), 0);
}

TEST(Npz, AShapeThatDoesNotFitIsOurFault) {
  test::MemorySink sink;
  EXPECT_TRUE(throws_error([&] { write_npz({{"W", {2, 2}, std::vector<float>{1}}}, sink); },
                           ErrorCode::internal, "'W'"));
}

// --- damage ------------------------------------------------------------------------------------

/// Where the n-th occurrence of `text` begins.
std::size_t find(const Bytes& bytes, std::string_view text, int n = 0) {
  const Bytes wanted = test::to_bytes(text);
  auto at = bytes.begin();
  for (;; ++at) {
    at = std::search(at, bytes.end(), wanted.begin(), wanted.end());
    EXPECT_NE(at, bytes.end()) << text;
    if (at == bytes.end() || n-- == 0) return static_cast<std::size_t>(at - bytes.begin());
  }
}

Bytes replaced(Bytes bytes, std::size_t at, std::string_view with) {
  const Bytes replacement = test::to_bytes(with);
  std::copy(replacement.begin(), replacement.end(),
            bytes.begin() + static_cast<std::ptrdiff_t>(at));
  return bytes;
}

constexpr std::string_view kEntry("PK\x01\x02", 4);

Bytes one_array() { return written({{"W", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6}}}); }

TEST(Npz, EveryFlippedBitOfTheValuesIsSeen) {
  const Bytes bytes = one_array();
  const std::size_t values = find(bytes, kEntry) - 24;
  for (std::size_t i = 0; i < 24; ++i) {
    Bytes damaged = bytes;
    damaged[values + i] ^= std::byte{0x10};
    EXPECT_TRUE(is_malformed(damaged, "CRC"));
  }
}

TEST(Npz, SizesThatDoNotAgreeAreRefused) {
  const Bytes bytes = one_array();
  EXPECT_TRUE(
      is_malformed(replaced(bytes, find(bytes, "(2, 3)"), "(2, 4)"), "its header describes 32"));
  EXPECT_TRUE(is_malformed(replaced(bytes, find(bytes, "(2, 3)"), "(9e9) "), "npy header"));
  EXPECT_TRUE(is_malformed(replaced(bytes, find(bytes, "(2, 3)"), "(-2,3)"), "not in [0"));
  const std::size_t entry = find(bytes, kEntry);
  EXPECT_TRUE(is_malformed(replaced(bytes, entry + 24, "\x10"), "two sizes"));
  EXPECT_TRUE(is_malformed(
      replaced(replaced(bytes, entry + 20, "\xff\xff"), entry + 24, "\xff\xff"), "beyond the end"));
  EXPECT_TRUE(is_malformed(replaced(bytes, entry + 10, "\x01"), "method 1"));
  EXPECT_TRUE(is_malformed(replaced(bytes, entry + 8, "\x01"), "encrypted"));
}

TEST(Npz, TwoMembersOfOneNameAreRefused) {
  const Bytes bytes =
      written({{"W", {1}, std::vector<float>{1}}, {"W", {1}, std::vector<float>{2}}});
  EXPECT_TRUE(is_malformed(bytes, "'W.npy' twice"));
  EXPECT_TRUE(is_malformed(bytes, "'W.npy' twice", {"W"}));
}

TEST(Npz, MoreBytesThanAllowedAreRefused) {
  EXPECT_TRUE(throws_error([] { (void)read(one_array(), {}, 23); }, ErrorCode::malformed,
                           "24 bytes of values, expected at most 23"));
  EXPECT_EQ(read(one_array(), {}, 24).size(), 1U);
  EXPECT_TRUE(throws_error([] { (void)read(written(examples()), {}, 30); }, ErrorCode::malformed,
                           "at most 6 more"));
}

TEST(Npz, APromiseThatDeflateCannotKeepIsRefused) {
  const auto source = open_file(test::data_path("npz_deflated.npz"));
  Bytes bytes(source->size());
  source->read_at(0, bytes);
  const std::size_t entry = find(bytes, kEntry);
  EXPECT_TRUE(is_malformed(replaced(bytes, entry + 24, std::string_view("\x00\x00\x00\x40", 4)),
                           "more than"));
  EXPECT_TRUE(is_malformed(replaced(bytes, entry + 24, "\x01"), "unpacks to"));
}

TEST(Npz, CutFilesAreRefused) {
  const Bytes bytes = one_array();
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_TRUE(is_malformed(cut, "test.npz: ")) << length;
  }
}

TEST(NpyHeader, OnlyOneFormOfDictionaryIsRead) {
  const auto parse = [](const std::string& dictionary) {
    std::string text = std::string("\x93NUMPY\x01\x00", 8);
    text += static_cast<char>(dictionary.size());
    text += '\0';
    std::size_t at = 0;
    return parse_npy_header(test::to_bytes(text + dictionary), "x", at);
  };
  EXPECT_EQ(parse("{'descr':'<f8','fortran_order':True,'shape':(7,)}").shape,
            std::vector<Index>{7});
  for (const char* bad :
       {"", "{}", "{'descr': '<f4'}", "{'descr': '<f4', 'fortran_order': 1, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()} + 1",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,",
        "{'descr': '<f4, 'fortran_order': False, 'shape': ()}",
        "{'descr': __import__('os'), 'fortran_order': False, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': "
        "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
        "1,1,1,1,1,1,1,1,1,1,1,1,1)}"}) {
    EXPECT_TRUE(throws_error([&] { (void)parse(bad); }, ErrorCode::malformed, "x: ")) << bad;
  }
}

}  // namespace
}  // namespace partwise
