using System.Text.RegularExpressions;
using Loa.Cases;
using Loa.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Loa;

public sealed partial class WordsTests
{
    [Fact]
    public async Task Every_text_is_there_in_both_languages_with_the_same_places()
    {
        await using var house = await House.Build();

        Assert.All(
            Words.All,
            text =>
            {
                Assert.All(text.Value, t => Assert.False(string.IsNullOrWhiteSpace(t), text.Key));
                Assert.Equal(Places(text.Value[0]), Places(text.Value[1]));
            }
        );
    }

    [Fact]
    public async Task Every_key_that_the_code_names_has_its_text()
    {
        await using var house = await House.Build();
        var files = HouseTests
            .Source()
            .Concat(Directory.EnumerateFiles(HouseTests.Root(), "*.razor", SearchOption.AllDirectories))
            .Where(f =>
                !f.Contains("/tests/", StringComparison.Ordinal) && !f.Contains("/artifacts/", StringComparison.Ordinal)
            );
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var code = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            missing.UnionWith(Literal().Matches(code).Select(m => m.Groups[1].Value).Where(k => !Words.Has(k)));
            missing.UnionWith(
                Refusal().Matches(code).Select(m => "refused." + m.Groups[1].Value).Where(k => !Words.Has(k))
            );
            missing.UnionWith(
                Missing().Matches(code).Select(m => "missing." + m.Groups[1].Value).Where(k => !Words.Has(k))
            );
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Every_state_move_role_and_right_has_its_name()
    {
        await using var house = await House.Build();
        var keys = new List<string>();
        foreach (var procedure in house.Services.GetServices<Procedure>())
        {
            keys.AddRange(procedure.Moves.Select(m => $"move.{procedure.Name}.{m.Name}"));
            keys.AddRange(
                procedure.Moves.Select(m => m.To).OfType<string>().Distinct().Select(s => $"state.{procedure.Name}.{s}")
            );
        }
        var roles = house.Services.GetRequiredService<Roles>();
        keys.AddRange(roles.Rights.Select(r => "right." + r).Concat(roles.Names.Select(r => "role." + r)));

        Assert.Equal([], keys.Where(k => !Words.Has(k)));
    }

    /// <summary>They head a fold, a badge, a line of history: wherever they stand, they begin it.</summary>
    [Fact]
    public void Moves_and_states_begin_with_a_capital() =>
        Assert.Equal(
            [],
            Words
                .All.Where(w => MoveOrState().IsMatch(w.Key))
                .Where(w => w.Value.Any(text => text.Length > 0 && char.IsLower(text[0])))
                .Select(w => w.Key)
        );

    static string[] Places(string text) =>
        [.. Place().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"^(move|state)\.")]
    private static partial Regex MoveOrState();

    [GeneratedRegex("""\{(\d+)""")]
    private static partial Regex Place();

    [GeneratedRegex("""Words\.Get\("([^"{]+)"[,)]""")]
    private static partial Regex Literal();

    [GeneratedRegex("""(?:Refuse\.(?:If|Unless)\([^;]*?, |RefusedException\()"([a-z][a-z0-9.-]+)"(?=[,)])""")]
    private static partial Regex Refusal();

    [GeneratedRegex("""MissingException\("([a-z-]+)"\)""")]
    private static partial Regex Missing();
}
