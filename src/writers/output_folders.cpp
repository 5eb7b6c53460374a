#include <base/json_writer.hpp>
#include <filesystem>
#include <map>
#include <partwise/audio_input.hpp>
#include <partwise/outputs.hpp>
#include <system_error>
#include <utility>

namespace partwise {

std::string shown_input(const std::string& input) {
  return input_kind(input) == InputKind::file ? input : input_name(input);
}

std::vector<std::string> output_folders(const std::vector<std::string>& inputs,
                                        const std::string& output) {
  if (inputs.size() == 1 && !output.empty()) return {output};
  std::vector<std::string> folders;
  std::map<std::string, const std::string*> inputs_by_folder;
  for (const std::string& input : inputs) {
    const std::string name = default_output_folder(input_name(input));
    const auto [other, is_new] = inputs_by_folder.emplace(name, &input);
    if (!is_new) {
      throw bad_argument(
          "FILE", shown_input(input),
          "one that is not written into " + name + " as " + shown_input(*other->second) + " is");
    }
    folders.push_back((std::filesystem::path(output) / name).string());
  }
  return folders;
}

OutputParent::OutputParent(const std::string& folder) {
  if (folder.empty()) return;
  std::error_code error;
  if (std::filesystem::create_directory(folder, error)) made_ = folder;
  if (error) {
    throw Error(ErrorCode::cannot_write, "cannot create " + folder + ": " + error.message());
  }
}

OutputParent::~OutputParent() {
  std::error_code not_empty;
  if (!made_.empty()) std::filesystem::remove(made_, not_empty);
}

std::string json_on_one_line(std::string_view json) {
  std::string out;
  bool indented = false;
  for (const char c : json) {  // line ends inside strings are escaped
    if (c == '\n') indented = true;
    if (indented && (c == '\n' || c == ' ')) continue;
    indented = false;
    out += c;
  }
  return out + "\n";
}

std::string failure_json(const std::string& input, ErrorCode code, const std::string& message) {
  JsonWriter json(kJsonLine);
  json.begin_object();
  json.key("input");
  json.begin_object();
  json.field("name", input_name(input));
  json.end_object();
  json.key("error");
  json.begin_object();
  json.field("code", static_cast<int>(code));
  json.field("message", message);
  json.end_object();
  json.end_object();
  return json.take() + "\n";
}

}  // namespace partwise
