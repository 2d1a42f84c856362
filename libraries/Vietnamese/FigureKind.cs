namespace Loa.Vietnamese;

/// <summary>What a number in a text is: the next one after "and" or a dash is most often of the same kind.</summary>
enum FigureKind
{
    None,
    Number,
    Day,

    /// <summary>Or a day of the week: the fourth of both has a name of its own.</summary>
    Month,

    Hour,

    /// <summary>With strokes, but no day: a house, a class at school.</summary>
    Parts,
    Roman,
    Score,
    Position,

    /// <summary>A part of a name that is spelled, as the 1 of A1-05.</summary>
    Spelled,

    /// <summary>Digit by digit: telephones, accounts, cards.</summary>
    Dialled,
}
