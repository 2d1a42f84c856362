using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Loa.Cases;

/// <summary>Any procedure at all, and anything that somebody may try in it.</summary>
static class SomeProcedure
{
    public static readonly string[] Fields = ["title", "number", "flag"];
    static readonly string[] States = ["one", "two", "three", "four"];
    static readonly string[] Moves = ["open", "a", "b", "c", "d"];

    public static readonly Gen<Procedure> Any =
        from moves in Moves.Select(MoveNamed).Aggregate(Gen.Constant<Move[]>([]), Together)
        select new Procedure(
            "sample",
            1,
            "title",
            [
                new("title", FieldKind.Text, 20, Searched: true),
                new("number", FieldKind.Number),
                new("flag", FieldKind.Flag),
            ],
            moves
        );

    /// <summary>What somebody tries; much of it is against the rules.</summary>
    public static readonly Gen<Attempt[]> Attempts = (
        from move in Gen.Elements([.. Moves, "unheard-of"])
        from officer in Gen.Choose(1, 3)
        from patch in Gen.SubListOf<string>([.. Fields, "unheard-of"])
        from clears in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from wrong in Gen.Frequency((8, Gen.Constant(false)), (1, Gen.Constant(true)))
        from comment in Gen.Elements("", "vì thế")
        from signature in Gen.Elements<string?>(null, "chữ ký")
        select new Attempt(move, officer, PatchOf(patch, clears, wrong), comment, signature)
    ).ArrayOf(14);

    // The first opens, so that most sequences get somewhere; the others move or open as it happens.
    static Gen<Move> MoveNamed(string name) =>
        from start in Gen.SubListOf(States)
        from to in Gen.Elements<string?>([.. States, null])
        from sets in Gen.SubListOf(Fields)
        from needs in Gen.SubListOf(Fields)
        from needed in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from comment in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from signature in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from others in Gen.SubListOf(Moves)
        from apart in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Move(name, name == "open" ? [] : [.. start], name == "open" ? to ?? "one" : to)
        {
            Sets = [.. sets],
            Needs = needed ? [.. needs] : [],
            NeedsComment = comment,
            NeedsSignature = signature,
            NotByMakersOf = apart ? [.. others] : [],
        };

    static Gen<Move[]> Together(Gen<Move[]> before, Gen<Move> next) =>
        from moves in before
        from move in next
        select (Move[])[.. moves, move];

    static JsonObject PatchOf(IEnumerable<string> fields, bool clears, bool wrong)
    {
        var patch = new JsonObject();
        foreach (var field in fields)
            patch[field] =
                clears ? null
                : wrong ? new JsonArray()
                : field switch
                {
                    "title" => "Thông báo",
                    "number" => 7L,
                    "flag" => true,
                    _ => "lạ",
                };
        return patch;
    }
}

/// <summary>Somebody tries a move.</summary>
sealed record Attempt(string Move, int Officer, JsonObject Patch, string Comment, string? Signature)
{
    public Guid OfficerId => new(Officer, 0, 0, new byte[8]);

    public Deed Deed => new(Patch.DeepClone().AsObject(), Comment, Signature);

    public override string ToString() =>
        $"{Move} by {Officer} {Patch.ToJsonString()} “{Comment}” {(Signature is null ? "unsigned" : "signed")}";
}
