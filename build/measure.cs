#:property ImplicitUsings=enable
#:property Nullable=enable

// Measures the house against its goals: how long files are, how far one must walk for a use case, what stands twice.
// Text is enough for that; nothing is built. Exit code 1 when a goal is missed.
using System.Text.RegularExpressions;
using Loa;

var root = args.Length > 0 ? args[0] : Directory.GetCurrentDirectory();
string[] production = ["apps", "libraries", "modules", "shared"];
var files = production.SelectMany(Sources).Select(path => new Source(root, path)).ToList();
var modules = files.Where(f => f.Module is not null).GroupBy(f => f.Module!).ToList();
var missed = 0;

var lines = files.Select(f => f.Lines).Order().ToList();
Say("lines a file: median", Share(lines, 0.5), lines => lines is >= 25 and <= 45, "25–45");
Say("lines a file: p90", Share(lines, 0.9), lines => lines <= 120, "≤ 120");
Say("lines a file: longest", lines[^1], lines => lines <= 300, "≤ 300", files.MaxBy(f => f.Lines)!.Path);

var walks = modules.SelectMany(m => m.Where(f => f.IsUseCase).Select(f => (f.Path, Count: Walk(f, m)))).ToList();
var walked = walks.Select(w => w.Count).Order().ToList();
Say("files to open for one use case: median", Share(walked, 0.5), count => count <= 6, "≤ 6");
Say("files to open for one use case: p90", Share(walked, 0.9), count => count <= 10, "≤ 10");
Say("files to open for one use case: most", walked[^1], count => count <= 12, "≤ 12", walks.MaxBy(w => w.Count).Path);

var twice = files
    .SelectMany(f => f.Types.Select(type => (type, f.Folder)))
    .Distinct()
    .GroupBy(t => t.type)
    .Where(g => g.Count() > 1)
    .ToList();
Say("type names that stand twice", twice.Count, count => count == 0, "0", string.Join(' ', twice.Select(g => g.Key)));

var wide = files.SelectMany(f => f.Constructors).OrderByDescending(c => c.Parameters).ToList();
Say("constructors of 8 parameters or more", wide.Count(c => c.Parameters >= 8), count => count == 0, "0");
Say("widest constructor", wide[0].Parameters, count => count <= 7, "≤ 7", wide[0].Type);

foreach (var module in modules.OrderBy(m => m.Key, StringComparer.Ordinal))
{
    Say($"files of {module.Key}", module.Count(), count => count <= 60, "≤ 60");
    var (circle, folders) = Circles(module);
    Say($"folders on a circle in {module.Key}, of {folders}", circle.Count, c => c == 0, "0", string.Join(' ', circle));
}

double tests = Sources("tests").Sum(path => File.ReadLines(path).Count());
Say("lines of tests for one of production", Math.Round(tests / lines.Sum(), 2), ratio => ratio >= 0.7, "≥ 0.7");
return missed == 0 ? 0 : 1;

IEnumerable<string> Sources(string part) =>
    Directory
        .EnumerateFiles(Path.Combine(root, part), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/obj/") && !path.Contains("/node_modules/"));

void Say(string what, double figure, Func<double, bool> holds, string goal, string where = "")
{
    var good = holds(figure);
    missed += good ? 0 : 1;
    Console.WriteLine($"{what, -46} {figure, 6}  (goal {goal, -6}) {(good ? "held" : "missed")}  {where}".TrimEnd());
}

static int Share(List<int> sorted, double share) => sorted[Math.Min((int)(sorted.Count * share), sorted.Count - 1)];

// The use case itself, and each file of its module whose type it names: what one must open to understand it.
static int Walk(Source useCase, IEnumerable<Source> module) =>
    1 + module.Count(other => other != useCase && other.Types.Any(useCase.Names.Contains));

// A folder is on a circle when one comes back to it by the usings of its files.
static (List<string> OnCircle, int Folders) Circles(IEnumerable<Source> module)
{
    var uses = module
        .GroupBy(f => f.Folder)
        .ToDictionary(g => g.Key, g => g.SelectMany(f => f.Usings).Where(u => u != g.Key).ToHashSet());
    return (uses.Keys.Where(start => Reached(start).Contains(start)).Order().ToList(), uses.Count);

    HashSet<string> Reached(string start)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(uses[start]);
        while (open.TryPop(out var next))
            if (reached.Add(next) && uses.TryGetValue(next, out var further))
                foreach (var folder in further)
                    open.Push(folder);
        return reached;
    }
}

namespace Loa
{
    /// <summary>One file as it is read.</summary>
    sealed partial class Source
    {
        public Source(string root, string path)
        {
            Path = System.IO.Path.GetRelativePath(root, path);
            var text = File.ReadAllText(path);
            Lines = text.Count(sign => sign == '\n');
            var parts = Path.Split('/');
            Module = parts[0] == "modules" ? parts[1] : null;
            Folder = Namespace().Match(text) is { Success: true } found ? found.Groups["name"].Value : "";
            Usings = [.. Using().Matches(text).Select(m => m.Groups["name"].Value)];
            // Only what stands at the edge: a Request inside of its use case is named with it.
            Types = [.. Type().Matches(text).Select(m => m.Groups["name"].Value).Distinct()];
            Names = [.. Word().Matches(Comment().Replace(text, "")).Select(m => m.Value)];
            IsUseCase =
                text.Contains("IUseCase")
                && Module is not null
                && !Path.EndsWith("Module.cs", StringComparison.Ordinal);
            Constructors = [.. Class().Matches(text).SelectMany(m => Of(m.Groups["name"].Value, text))];
        }

        public string Path { get; }
        public int Lines { get; }
        public string? Module { get; }
        public string Folder { get; }
        public HashSet<string> Usings { get; }
        public List<string> Types { get; }
        public HashSet<string> Names { get; }
        public bool IsUseCase { get; }
        public List<(string Type, int Parameters)> Constructors { get; }

        static IEnumerable<(string, int)> Of(string type, string text) =>
            Regex
                .Matches(
                    text,
                    $@"(?:\bclass {type}(?:<[^>(]*>)?|^[ ]+(?:(?:public|internal|private|protected) )?{type})\(",
                    RegexOptions.Multiline
                )
                .Select(m => (type, Parameters(text, m.Index + m.Length)));

        // Counts what stands between commas outside of all brackets, from the opening one on.
        static int Parameters(string text, int at)
        {
            var (depth, count, any) = (0, 0, false);
            for (; at < text.Length; at++)
            {
                var sign = text[at];
                if (sign == ')' && depth == 0)
                    return any ? count + 1 : 0;
                depth +=
                    sign is '(' or '<' or '[' or '{' ? 1
                    : sign is ')' or '>' or ']' or '}' ? -1
                    : 0;
                count += sign == ',' && depth == 0 ? 1 : 0;
                any |= !char.IsWhiteSpace(sign);
            }
            return 0;
        }

        [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
        private static partial Regex Namespace();

        [GeneratedRegex(@"^using (?<name>Loa[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
        private static partial Regex Using();

        [GeneratedRegex(
            @"^(?:public |internal |abstract |sealed |static |readonly |partial |file )*(?:class|record struct|record|struct|interface|enum) (?<name>\w+)",
            RegexOptions.Multiline | RegexOptions.ExplicitCapture
        )]
        private static partial Regex Type();

        // Records are data: how much they hold is what they are.
        [GeneratedRegex(
            @"^[ ]*(?:(?:public|internal|private|protected|abstract|sealed|static|partial) )*class (?<name>\w+)",
            RegexOptions.Multiline | RegexOptions.ExplicitCapture
        )]
        private static partial Regex Class();

        // What follows a point is named with what stands before it.
        [GeneratedRegex(@"(?<![.\w])[A-Z]\w+")]
        private static partial Regex Word();

        [GeneratedRegex("//.*")]
        private static partial Regex Comment();
    }
}
