// A shell splits the command of a run into words that mean the same run.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <options/command_text.hpp>
#include <options/name_list.hpp>
#include <random>
#include <string>
#include <vector>

namespace partwise {
namespace {

constexpr std::string_view kPieces[] = {"a",  "Kick", "<",    ">",  "\"", "\\", "'", " ",   "$",
                                        "$(", ")",    "`",    "-",  "--", "=",  "#", "~",   "*",
                                        "?",  "!",    "\\n",  "&",  "|",  ";",  "{", "}",   "[",
                                        "]",  "é",    "日本", "🥁", "%s", "%",  "+", "\\u", "\\\""};

/// One to six pieces, without blanks at its ends (which parse_names() takes away).
std::string random_name(std::mt19937& random) {
  std::string name;
  while (name.empty() || name.front() == ' ' || name.back() == ' ') {
    name.clear();
    for (auto left = random() % 6 + 1; left > 0; --left) {
      name += kPieces[random() % std::size(kPieces)];
    }
  }
  return name;
}

/// The words that a POSIX shell makes of `command`.
std::vector<std::string> shell_words(const std::string& command) {
  const std::string script = "set -f; words() { printf '%s\\0' \"$@\"; }; words " + command;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(script.c_str(), "r"), &pclose);
  if (pipe == nullptr) return {};
  std::vector<std::string> words(1);
  for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
    if (c == 0) {
      words.emplace_back();
    } else {
      words.back() += static_cast<char>(c);
    }
  }
  words.pop_back();
  return words;
}

/// "--name value", "--name=value" and flags, as the command line has them.
RunOptions parsed(const std::vector<std::string>& words) {
  std::vector<GivenOption> given;
  for (std::size_t i = 3; i < words.size(); ++i) {
    const auto equals = words[i].find('=');
    const OptionSpec* spec = find_option(words[i].substr(2, equals - 2));
    if (spec == nullptr || !words[i].starts_with("--")) {
      ADD_FAILURE() << words[i] << " is no option";
      continue;
    }
    std::string value;
    if (equals != std::string::npos) {
      value = words[i].substr(equals + 1);
    } else if (!spec->value_name.empty() && ++i < words.size()) {
      value = words[i];
      EXPECT_FALSE(value.starts_with("-") && value.size() > 1 && std::isdigit(value[1]) == 0)
          << value << " would be read as an option";
    }
    given.push_back({spec, value});
  }
  return make_run_options(given);
}

/// `options` come back from their own command, typed into a shell.
void expect_round_trip(const RunOptions& options, const std::string& input) {
  const std::string command = command_text(options, input);
  SCOPED_TRACE(command);
  const std::vector<std::string> words = shell_words(command);
  ASSERT_GE(words.size(), 3U);
  EXPECT_EQ(words[2], input.starts_with('-') ? "./" + input : input);
  const RunOptions back = parsed(words);
  EXPECT_EQ(back.names, options.names);
  for (const OptionSpec* spec : options_of(Command::decompose)) {
    EXPECT_EQ(spec->get(back), spec->get(options)) << spec->name;
  }
}

TEST(CommandText, NamesAndFilesComeBackFromAShellAsTheyWere) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    RunOptions options;
    for (auto left = random() % 4; left > 0; --left) options.names.push_back(random_name(random));
    if (random() % 2 == 0) {
      options.start_file = random_name(random) + ".npz";
      options.analysis.factorize.start = Start::given;
    }
    expect_round_trip(options, random_name(random));
  }
}

/// A value that the option takes, made of its words or its range in words.
std::string random_value(const OptionSpec& spec, std::mt19937& random) {
  const auto words = spec.use.words;
  if (!words.empty()) return std::string(words[random() % words.size()]);
  for (const std::string& text : {std::to_string(random() % 100), std::to_string(random() % 4097),
                                  "0." + std::to_string(random() % 1000), std::string("1e9")}) {
    try {
      RunOptions options;
      set_option(options, spec, text);
      return text;
    } catch (const Error&) {
    }
  }
  return "1024";
}

TEST(CommandText, EveryOptionComesBackFromAShellAsItWas) {
  std::mt19937 random(11);
  int compared = 0;
  for (int round = 0; round < 100; ++round) {
    std::vector<GivenOption> given;
    for (const OptionSpec* spec : options_of(Command::decompose)) {
      if (spec->use.reach < OptionReach::outputs || random() % 6 != 0) continue;
      given.push_back({spec, spec->value_name.empty() ? "" : random_value(*spec, random)});
    }
    RunOptions options;
    try {
      options = make_run_options(given);
    } catch (const Error&) {
      continue;  // these do not fit together
    }
    expect_round_trip(options, "loop.wav");
    ++compared;
  }
  EXPECT_GT(compared, 20);
}

}  // namespace
}  // namespace partwise
