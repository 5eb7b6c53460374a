#pragma once
// How a member of RunOptions becomes the value of an option, and back.
#include <options/option_parsing.hpp>
#include <partwise/enum_words.hpp>
#include <partwise/option_spec.hpp>
#include <partwise/run_options.hpp>
#include <type_traits>
#include <utility>

namespace partwise {

/// What a row of the option table does with RunOptions.
struct OptionAccess {
  OptionKind kind = OptionKind::flag;
  OptionValue (*get)(const RunOptions&) = nullptr;
  void (*set)(RunOptions&, const OptionValue&) = nullptr;
  std::span<const std::string_view> words = {};  ///< of a choice
};

/// The kind, the value and the words of members of type T.
template <class T>
struct Member {
  static constexpr OptionKind kind = std::is_same_v<T, bool>          ? OptionKind::flag
                                     : std::is_integral_v<T>          ? OptionKind::integer
                                     : std::is_floating_point_v<T>    ? OptionKind::number
                                     : std::is_enum_v<T>              ? OptionKind::choice
                                     : std::is_same_v<T, std::string> ? OptionKind::text
                                                                      : OptionKind::names;
  static OptionValue value(const T& member) {
    if constexpr (kind == OptionKind::integer) {
      return static_cast<Index>(member);
    } else if constexpr (kind == OptionKind::choice) {
      return std::string(enum_word(member));
    } else {
      return member;
    }
  }
  static void store(const OptionValue& value, T& member) {
    if constexpr (kind == OptionKind::integer) {
      member = static_cast<T>(std::get<Index>(value));
    } else if constexpr (kind == OptionKind::choice) {
      member = *enum_value<T>(std::get<std::string>(value));
    } else {
      member = std::get<T>(value);
    }
  }
  static constexpr std::span<const std::string_view> words() {
    if constexpr (kind == OptionKind::choice) return kEnumWords<T>;
    return {};
  }
};

template <class T>
struct Member<std::optional<T>> {
  static constexpr OptionKind kind = Member<T>::kind;
  static OptionValue value(const std::optional<T>& member) {
    return member ? Member<T>::value(*member) : OptionValue();
  }
  static void store(const OptionValue& value, std::optional<T>& member) {
    member.reset();
    if (!std::holds_alternative<std::monostate>(value)) Member<T>::store(value, member.emplace());
  }
  static constexpr std::span<const std::string_view> words() { return Member<T>::words(); }
};

/// The option that is one member, as in
/// member([](auto& o) -> auto& { return o.analysis.factorize.seed; }).
template <class Field>
constexpr OptionAccess member(Field) {
  using M = Member<std::remove_cvref_t<decltype(Field{}(std::declval<RunOptions&>()))>>;
  return {M::kind, [](const RunOptions& options) { return M::value(Field{}(options)); },
          [](RunOptions& options, const OptionValue& value) { M::store(value, Field{}(options)); },
          M::words()};
}

/// A flag that switches a member off, as --no-report does.
template <class Field>
constexpr OptionAccess switch_off(Field) {
  return {OptionKind::flag,
          [](const RunOptions& options) { return OptionValue(!Field{}(options)); },
          [](RunOptions& options, const OptionValue& value) {
            Field{}(options) = !std::get<bool>(value);
          },
          {}};
}

/// The path of a file or folder. Its value is the name without folders: a summary that is passed on
/// names no places of this machine.
template <class Field>
constexpr OptionAccess path_member(Field) {
  return {OptionKind::text,
          [](const RunOptions& options) {
            return OptionValue(std::string(last_path_component(Field{}(options))));
          },
          [](RunOptions& options, const OptionValue& value) {
            Field{}(options) = std::get<std::string>(value);
          },
          {}};
}

}  // namespace partwise
