// The page: a template with marks, filled with the assets, a policy that allows only them, and the
// model.
#include <array>
#include <charconv>
#include <partwise/report.hpp>
#include <report/base64.hpp>
#include <report/model_json.hpp>
#include <report/page_assets.hpp>
#include <report/text_out.hpp>

namespace partwise {
namespace {

using report::TextOut;

/// A source expression of a content security policy.
std::string policy_hash(std::string_view hex) {
  std::array<std::byte, 32> digest{};
  for (std::size_t i = 0; i < digest.size() && 2 * i + 1 < hex.size(); ++i) {
    unsigned value = 0;
    std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, value, 16);
    digest[i] = static_cast<std::byte>(value);
  }
  std::string text = " 'sha256-";
  report::append_base64(text, digest);
  return text + "'";
}

std::string policy() {
  std::string text = "default-src 'none'; script-src";
  text += policy_hash(page::bundle_js_sha256);
  text += "; style-src" + policy_hash(page::page_css_sha256);
  // Where the sound is not in the page it lies beside it, and the page is most often opened from a
  // disk.
  text += "; img-src data: blob:; media-src 'self' file:; base-uri 'none'; form-action 'none'";
  return text;
}

void write_part(std::string_view name, const ReportModel& model, TextOut& out, ByteSink& sink) {
  if (name == "policy") {
    out << policy();
  } else if (name == "style") {
    out << "<style>" << page::page_css << "</style>";
  } else if (name == "model") {
    out << "<script type=\"application/json\" id=\"model\">";
    out.flush();
    write_report_model(model, sink);
    out << "</script>";
  } else if (name == "scripts") {
    out << "<script>" << page::bundle_js << "</script>\n";
  }
}

}  // namespace

void write_report_model(const ReportModel& model, ByteSink& sink) {
  report::check_model(model);
  JsonWriter json(kJsonInPage, sink);
  report::write_model(model, json);
  json.finish();
}

void write_report(const ReportModel& model, ByteSink& sink) {
  report::check_model(model);
  TextOut out(sink);
  // The template marks places as {{name}}.
  std::string_view rest = page::page_html;
  for (auto mark = rest.find("{{"); mark != std::string_view::npos; mark = rest.find("{{")) {
    const auto end = rest.find("}}", mark);
    out << rest.substr(0, mark);
    write_part(rest.substr(mark + 2, end - mark - 2), model, out, sink);
    rest.remove_prefix(end + 2);
  }
  out << rest;
  out.flush();
}

}  // namespace partwise
