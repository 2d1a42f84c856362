using System.Text.Json.Nodes;
using Loa.Cases;
using Loa.Kernel;
using Loa.Newsroom.Bulletins;
using Loa.Newsroom.Data;

namespace Loa.Newsroom;

/// <summary>Bulletins whose acts were made at another time than now.</summary>
static class PastBulletins
{
    /// <summary>One that was written, read aloud and sent up at one moment.</summary>
    public static async Task<Guid> Submitted(this NewsroomDb db, Guid unit, string title, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7();
        var text = new JsonObject
        {
            ["title"] = title,
            ["text"] = title,
            ["voice"] = "vi",
            ["class"] = "ordinary",
        };
        var sound = new JsonObject
        {
            ["audio"] = new string('a', 64),
            ["length"] = 1,
            ["master"] = new string('b', 64),
            ["duration_ms"] = 1,
            ["loudness"] = -16.0,
            ["true_peak"] = -2.0,
            ["peaks"] = "",
            ["spoken"] = title,
        };
        await db.Open(
            BulletinProcedure.Definition,
            id,
            unit,
            BulletinProcedure.Write,
            new(text),
            Actor.Server,
            at,
            CancellationToken.None
        );
        foreach (
            var (move, patch) in ((string, JsonObject?)[])
                [(BulletinProcedure.Speak, sound), (BulletinProcedure.Submit, null)]
        )
            await db.Move(BulletinProcedure.Definition, id, move, new(patch), Actor.Server, at, CancellationToken.None);
        return id;
    }
}
