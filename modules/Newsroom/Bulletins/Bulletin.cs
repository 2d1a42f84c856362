using System.Text.Json.Nodes;
using Loa.Air;
using Loa.Cases;
using Loa.Newsroom.Voices;
using static Loa.Newsroom.Bulletins.BulletinProcedure;

namespace Loa.Newsroom.Bulletins;

/// <summary>A bulletin, read from its case.</summary>
sealed class Bulletin(Case folded) : ICase<Bulletin>
{
    public static Procedure Procedure => Definition;

    public static string Path => "/bulletins";

    public static Bulletin Of(Case standing) => new(standing);

    public Case Case => folded;

    public Guid Id => folded.Id;

    public Guid UnitId => folded.UnitId;

    public string Title => folded.Title;

    public string Text => folded.Text("text");

    public string Voice => folded.Text("voice");

    /// <summary>Syllables a minute; null when it was written before that could be chosen.</summary>
    public int? Pace =>
        folded.Fields.ContainsKey(BulletinProcedure.Pace) ? (int)folded.Number(BulletinProcedure.Pace) : null;

    public AirClass Class => AirWord.Read<AirClass>(folded.Text("class"));

    /// <summary>Null until it was read aloud, and again after its text changed.</summary>
    public BulletinSound? Sound => folded.Fields.ContainsKey("audio") ? BulletinSound.Of(folded) : null;

    /// <summary>What an edit sets: what differs, and no sound when what is heard would differ.</summary>
    public JsonObject Changed(string title, string text, AirClass @class, ReadingScript script)
    {
        // What named no pace and has a sound keeps it until something else changes.
        var isOtherPace = (Pace ?? script.Pace.SyllablesPerMinute) != script.Pace.SyllablesPerMinute;
        var patch = new JsonObject();
        foreach (
            var (field, value) in ((string, string)[])
                [("title", title), ("text", text), ("voice", script.Voice.Name), ("class", AirWord.Of(@class))]
        )
            if (folded.Text(field) != value)
                patch[field] = value;
        var isHeardOtherwise = patch.ContainsKey("text") || patch.ContainsKey("voice") || isOtherPace;
        if (isHeardOtherwise)
            patch[BulletinProcedure.Pace] = script.Pace.SyllablesPerMinute;
        if (Sound is not null && isHeardOtherwise)
            foreach (var field in SoundFields)
                patch[field] = null;
        return patch;
    }
}

/// <summary>How a bulletin sounds.</summary>
/// <param name="Digest">SHA-256 of the Ogg Opus file.</param>
/// <param name="Master">SHA-256 of the FLAC master; empty of what no bulletin has taken.</param>
/// <param name="Loudness">LUFS.</param>
/// <param name="TruePeak">dBTP.</param>
/// <param name="Spoken">What was read aloud.</param>
sealed record BulletinSound(
    string Digest,
    long Length,
    string Master,
    long DurationMs,
    double Loudness,
    double TruePeak,
    string Spoken,
    IReadOnlyList<float> Peaks
)
{
    public TimeSpan Duration => TimeSpan.FromMilliseconds(DurationMs);

    public static BulletinSound Of(Rendering made) =>
        new(
            made.Digest,
            made.Length,
            made.Master,
            made.DurationMs,
            made.Loudness,
            made.TruePeak,
            made.Spoken,
            PeakText.Read(made.Peaks)
        );

    public static BulletinSound Of(Case bulletin) =>
        new(
            bulletin.Text("audio"),
            bulletin.Number("length"),
            bulletin.Text("master"),
            bulletin.Number("duration_ms"),
            bulletin.Fields["loudness"].GetValue<double>(),
            bulletin.Fields["true_peak"].GetValue<double>(),
            bulletin.Text("spoken"),
            PeakText.Read(bulletin.Text("peaks"))
        );

    /// <summary>What a "speak" act sets.</summary>
    public static Deed Deed(Rendering made, ReadingPace pace) =>
        new(
            new JsonObject
            {
                ["voice"] = made.Voice,
                [BulletinProcedure.Pace] = pace.SyllablesPerMinute,
                ["audio"] = made.Digest,
                ["length"] = made.Length,
                ["master"] = made.Master,
                ["duration_ms"] = made.DurationMs,
                ["loudness"] = made.Loudness,
                ["true_peak"] = made.TruePeak,
                ["peaks"] = made.Peaks,
                ["spoken"] = made.Spoken,
            },
            Papers: [made.Digest, made.Master]
        );
}
