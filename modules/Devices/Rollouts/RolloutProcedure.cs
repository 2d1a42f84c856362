using Loa.Cases;
using Loa.Contracts.Devices;

namespace Loa.Devices.Rollouts;

/// <summary>The life of a rollout: an officer starts it, the server lets it go on or stops it, an officer may pause or end it.</summary>
static class RolloutProcedure
{
    public const string Start = "start";
    public const string Advance = "advance";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Stop = "stop";
    public const string Abort = "abort";
    public const string Finish = "finish";

    public const string Live = "live";
    public const string Paused = "paused";
    public const string Stopped = "stopped";
    public const string Aborted = "aborted";
    public const string Done = "done";

    public static readonly Procedure Definition = new(
        "rollout",
        version: 1,
        titleField: "label",
        fields:
        [
            new("label", FieldKind.Text, 120),
            new("package", FieldKind.Text, 36),
            new("package_model", FieldKind.Text, 64),
            new("canary", FieldKind.Number),
            // Percent of all, canary included: the last is 100.
            new("stages", FieldKind.Texts, 100),
            new("threshold", FieldKind.Number),
            new("within_minutes", FieldKind.Number),
            new("soak_minutes", FieldKind.Number),
            // Minutes of the day in Vietnam; absent means at any hour.
            new("window_from", FieldKind.Number),
            new("window_to", FieldKind.Number),
            new("pace", FieldKind.Number),
            new("stage", FieldKind.Number),
            new("stage_at", FieldKind.Number),
        ],
        moves:
        [
            new(Start, [], Live)
            {
                Sets =
                [
                    "label",
                    "package",
                    "package_model",
                    "canary",
                    "stages",
                    "threshold",
                    "within_minutes",
                    "soak_minutes",
                    "window_from",
                    "window_to",
                    "pace",
                ],
                Needs = ["label", "package", "stages", "threshold", "within_minutes", "soak_minutes", "pace"],
            },
            new(Advance, [Live], null) { Sets = ["stage", "stage_at"], Needs = ["stage", "stage_at"] },
            new(Pause, [Live], Paused) { Right = DevicesRights.UpdateSpeakers },
            new(Resume, [Paused], Live) { Right = DevicesRights.UpdateSpeakers },
            new(Stop, [Live, Paused], Stopped) { NeedsComment = true },
            new(Abort, [Live, Paused], Aborted) { Right = DevicesRights.UpdateSpeakers, NeedsComment = true },
            new(Finish, [Live], Done),
        ]
    )
    {
        SeenBy = DevicesRights.UpdateSpeakers,
    };
}
