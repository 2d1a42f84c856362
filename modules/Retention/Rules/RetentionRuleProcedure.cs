using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Contracts.Retention;

namespace Loa.Retention.Rules;

/// <summary>The life of one kind's rule: made by somebody in place of the project's own, and changed again; each time with the reason.</summary>
static class RetentionRuleProcedure
{
    public const string Make = "make";
    public const string Change = "change";
    public const string InForce = "in-force";

    static readonly string[] all = ["kept", "then", "after"];

    public static readonly Procedure Definition = new(
        "retention-rule",
        version: 1,
        titleField: "kept",
        fields: [new("kept", FieldKind.Text, 40), new("then", FieldKind.Text, 10), new("after", FieldKind.Number)],
        moves:
        [
            new(Make, [], InForce)
            {
                Sets = all,
                Needs = all,
                NeedsComment = true,
            },
            new(Change, [InForce], null) { Sets = ["then", "after"], NeedsComment = true },
        ]
    )
    {
        TitleWords = "retention.kind.",
    };

    /// <summary>A kind has one case only, so its number comes from its name.</summary>
    public static Guid CaseOf(string kind) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes("retention:" + kind)).AsSpan(0, 16));

    public static JsonObject Patch(RetentionRule rule) => new() { ["then"] = NameOf(rule.Then), ["after"] = rule.Days };

    public static string NameOf(OldAge then) => then.ToString().ToLowerInvariant();

    public static RetentionRule Of(Case folded) =>
        new(Enum.Parse<OldAge>(folded.Text("then"), ignoreCase: true), (int)folded.Number("after"));
}
